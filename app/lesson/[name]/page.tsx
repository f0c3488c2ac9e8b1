import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { findStory, stories } from "@/lib/features/lessons/stories.ts";
import { wordsOf } from "@/lib/features/lessons/story.ts";
import { linkedStep, type PageProps } from "../../linked-choice.ts";
import { LessonScreen } from "../_parts/lesson-screen.tsx";

type LessonPageProps = PageProps & { readonly params: Promise<{ readonly name: string }> };

export async function generateMetadata({ params }: LessonPageProps): Promise<Metadata> {
  const story = findStory((await params).name);
  return story
    ? { title: story.title, description: `${story.words}. A lesson in steps, played in a lab of its own.` }
    : {};
}

/** A lesson: a story in steps, for a class. `?step=4` opens it there, in a new lab. */
export default async function LessonPage({ params, searchParams }: LessonPageProps) {
  const story = findStory((await params).name);
  if (!story) notFound();
  const others = stories.filter((each) => each !== story).map(({ name, title }) => ({ name, title }));
  const step = await linkedStep(searchParams);
  const linked = step !== null && step <= story.steps.length ? step - 1 : null;
  return <LessonScreen story={wordsOf(story)} others={others} linked={linked} />;
}
