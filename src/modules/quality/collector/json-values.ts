import { isObject } from './parse-json.ts'
import { SourceFailure } from './source-reader.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** An object, or an empty one in its place: what is missing shows where it is needed. */
export function objectIn(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

/** The objects of a list; an empty one where there is no list. */
export function objectsIn(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

/** @throws SourceFailure `parse` unless it is a list */
export function requireObjects(value: unknown, name: string): readonly JsonObject[] {
  if (!Array.isArray(value)) throw new SourceFailure('parse', `The answer has no list "${name}".`)
  return value.filter(isObject)
}

/** A text, or a number as text; empty where there is none. */
export function textIn(object: JsonObject, key: string): string {
  const value = Object.hasOwn(object, key) ? object[key] : undefined
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : ''
}

/** @throws SourceFailure `parse` where the text is missing */
export function requireText(object: JsonObject, key: string): string {
  const text = textIn(object, key)
  if (text === '') throw new SourceFailure('parse', `The answer has no "${key}".`)
  return text
}

export function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}
