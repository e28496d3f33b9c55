// Evaluates lines of {"text", "input"?, "context"} with feelin; writes each value as tagged JSON.
import { createInterface } from "node:readline";
import {
  evaluate,
  FeelDate,
  FeelDateTime,
  FeelDuration,
  FeelTime,
  isFunction,
  isRange,
  unaryTest,
} from "feelin";

const TEMPORAL = [FeelDate, FeelDateTime, FeelDuration, FeelTime];

function tagged(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return { number: Number.isFinite(value) ? value : String(value) };
  if (typeof value !== "object" && typeof value !== "function") return value;
  if (TEMPORAL.some((kind) => value instanceof kind)) return { temporal: value.iso };
  if (isRange(value)) {
    const ends = [value.start, value.end].map(tagged);
    return { range: [...ends, value["start included"], value["end included"]] };
  }
  if (Array.isArray(value)) return value.map(tagged);
  if (isFunction(value) || typeof value === "function") return { function: true };
  const entries = Object.entries(value).map(([key, item]) => [key, tagged(item)]);
  return { context: Object.fromEntries(entries) };
}

function answer({ text, input, context }) {
  try {
    const names = { ...context };
    if (input === undefined) return tagged(evaluate(text, names).value);
    const tested = evaluate(input, names).value;
    return tagged(unaryTest(text, { ...names, "?": tested }).value);
  } catch (error) {
    return { error: String(error.message) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(answer(JSON.parse(line))) + "\n");
}
