/** Points of a rubric's component, and grades: what calc.rating rests on. */
import type { Component } from './rating-rubric';

/** Points a value earns: those of the first threshold it meets. */
export function scoreComponent({ steps, otherwise, better }: Component, value: number): number {
  const met = steps.find(([threshold]) => (better === 'higher' ? value >= threshold : value <= threshold));
  return met ? met[1] : otherwise;
}

/** A from 9, B from 8, C from 7, D from 6, otherwise F. */
export function gradeOf(overall: number): string {
  const grades = [
    [9, 'A'],
    [8, 'B'],
    [7, 'C'],
    [6, 'D'],
  ] as const;
  return grades.find(([least]) => overall >= least)?.[1] ?? 'F';
}
