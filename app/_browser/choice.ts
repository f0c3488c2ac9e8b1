"use client";

import { useState } from "react";
import type { FlowId, VariantId } from "@/lib/core/ids.ts";
import type { PersonView } from "@/lib/lab/lab-view.ts";
import { writeParameters } from "./address.ts";
import type { Lab } from "./lab-provider.tsx";

/** The choices that a link to a screen can carry. */
export type LinkedChoice = { readonly person: string | null; readonly variants: readonly string[] };

/** The choices for the next login. */
export type Choice = {
  readonly person: PersonView | undefined;
  readonly password: string;
  readonly remember: boolean;
  readonly picked: Readonly<Record<FlowId, VariantId | undefined>>;
};

export type Chooser = Choice & {
  readonly choosePerson: (username: string) => void;
  /** Sets the password of the chosen person, or of the named one. */
  readonly typePassword: (password: string, username?: string) => void;
  /** The text of the password field when this person is chosen. */
  readonly passwordOf: (person: PersonView | undefined) => string;
  readonly chooseRemember: (remember: boolean) => void;
  readonly pick: (variant: VariantId) => void;
  /** The query that leads to the same choices. With `flow`, only the variants of that flow. */
  readonly query: (flow?: FlowId) => string;
};

/** Person and variants of the next login. They are also written into the address. */
export function useChoice(lab: Lab, linked: LinkedChoice): Chooser {
  const { view } = lab;
  const [username, setUsername] = useState(linked.person);
  const [remember, setRemember] = useState(false);
  const [variants, setVariants] = useState<readonly string[]>(linked.variants);

  const people = view?.people ?? [];
  const person = people.find((one) => one.username === username) ?? people[0];
  const known = view?.variants.filter((variant) => variants.includes(variant.id)) ?? [];

  const passwordOf = (one: PersonView | undefined) => (one ? (lab.typed[one.username] ?? one.password ?? "") : "");

  return {
    person,
    password: passwordOf(person),
    remember,
    picked: Object.fromEntries(known.map(({ flow, id }) => [flow, id])),
    choosePerson: (next) => {
      setUsername(next);
      writeAddress(next, variants);
    },
    typePassword: (password, of = person?.username) => {
      if (of !== undefined) lab.type(of, password);
    },
    passwordOf,
    chooseRemember: setRemember,
    pick: (variant) => {
      const next = [...variants.filter((id) => flowOf(id) !== flowOf(variant)), variant];
      setVariants(next);
      writeAddress(username, next);
    },
    query: (flow) => queryOf(username, flow === undefined ? variants : variants.filter((id) => flowOf(id) === flow)),
  };
}

function flowOf(variant: string): FlowId {
  return variant.split("/")[0] ?? "";
}

function queryOf(person: string | null, variants: readonly string[]): string {
  const parts = [
    ...(person === null ? [] : [`person=${encodeURIComponent(person)}`]),
    ...variants.map((variant) => `variant=${encodeURIComponent(variant).replaceAll("%2F", "/")}`),
  ];
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

function writeAddress(person: string | null, variants: readonly string[]): void {
  writeParameters({ person: person === null ? [] : [person], variant: variants });
}
