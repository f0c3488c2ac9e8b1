"use client";

import { useEffect, useRef, useState } from "react";
import { type AttackCells, type AttackRow, playedCells, type RowPlay } from "@/lib/features/attacks/overview/model.ts";
import { ask, type Problem } from "../../_browser/api.ts";
import { type CellToPlay, cellsToPlay } from "./cells-to-play.ts";
import { keyOf, type PlayedHere } from "./playing-line.ts";

/** Plays every cell that the server plays by itself, one request after the other. Each is shown when it was played. */
export function usePlayAll(rows: readonly AttackRow[]) {
  const [played, setPlayed] = useState<PlayedHere>(new Map());
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isPlaying, setPlaying] = useState(false);
  const isLeft = useRef(false);
  useEffect(() => {
    isLeft.current = false;
    return () => {
      isLeft.current = true;
    };
  }, []);
  const asked = cellsToPlay(rows);

  const start = async () => {
    setPlaying(true);
    setProblem(null);
    setPlayed(new Map());
    for (const { address, body, cells } of asked) {
      const answer = await ask<RowPlay>(address, { method: "POST", body });
      if (isLeft.current) return;
      if (!answer.ok) {
        setProblem(answer);
        break;
      }
      setPlayed((before) => new Map([...before, ...cells.flatMap((cell) => readOf(cell, answer.body))]));
    }
    setPlaying(false);
  };

  return {
    ...{ played, problem, isPlaying },
    total: asked.reduce((sum, { cells }) => sum + cells.length, 0),
    start: () => void start(),
  };
}

function readOf({ row, flow }: CellToPlay, play: RowPlay): readonly (readonly [string, AttackCells])[] {
  const cells = playedCells(row, flow, play);
  return cells ? [[keyOf(row, flow), cells]] : [];
}
