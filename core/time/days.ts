import type { WallSeconds } from './window';

export const DAY_SECONDS = 86_400;

/** Days since 1970-01-01 of a moment. */
export const dayOf = (at: WallSeconds): number => Math.floor(at / DAY_SECONDS);

/** 1–7, Monday is 1: 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** `YYYY-MM-DD` of a day. */
export const formatDay = (day: number): string => dateOf(day).toISOString().slice(0, 10);

/** The day of a date; months from 1. */
export const dayOfDate = (year: number, month: number, date: number): number =>
	Date.UTC(year, month - 1, date) / (DAY_SECONDS * 1_000);

/** A day as a Date in UTC. */
export const dateOf = (day: number): Date => new Date(day * DAY_SECONDS * 1_000);
