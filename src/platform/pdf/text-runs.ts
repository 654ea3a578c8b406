import { type FontFamily, fontMetrics } from './fonts.ts'

/** A piece of text that one font can show. */
export type TextRun = { readonly text: string; readonly font: FontFamily }

/** Stands for a character that no font here has, so that its absence is seen. */
const MISSING = '\u25a1'

const PLAIN = /^[\x20-\x7e\n]*$/

/**
 * Splits a text where Inter lacks characters; DejaVu takes over there. Control characters go away, tabs become
 * spaces, characters that neither has become boxes.
 */
export function textRuns(text: string, preferred: FontFamily = 'Inter'): readonly TextRun[] {
  if (PLAIN.test(text)) return [{ text, font: preferred }]
  const runs: { text: string; font: FontFamily }[] = []
  for (const character of cleaned(text)) {
    const font = fontFor(character, preferred)
    const shown = font === undefined ? MISSING : character
    const last = runs.at(-1)
    const wanted = font ?? 'DejaVu'
    if (last && (last.font === wanted || isNeutral(character))) last.text += shown
    else runs.push({ text: shown, font: wanted })
  }
  return runs.length > 0 ? runs : [{ text: '', font: preferred }]
}

/** Composed, so that `a` + diaeresis finds the glyph of `ä`. */
function cleaned(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll('\t', ' ')
    .replaceAll('\r\n', '\n')
    .replaceAll(/[[\p{Cc}\p{Cf}]--[\n]]/gv, '')
}

function fontFor(character: string, preferred: FontFamily): FontFamily | undefined {
  const codePoint = character.codePointAt(0) ?? 0
  if (character === '\n') return preferred
  const fonts = fontMetrics()
  if (fonts[preferred].has(codePoint)) return preferred
  return fonts.DejaVu.has(codePoint) ? 'DejaVu' : undefined
}

/** Spaces belong to the run before them: fewer runs, and words stay together. */
function isNeutral(character: string): boolean {
  return character === ' ' || character === '\n'
}

/** Width of a text in the unit of `fontSize`, set in the regular cut of its fonts. */
export function textWidth(text: string, fontSize: number, preferred: FontFamily = 'Inter'): number {
  const fonts = fontMetrics()
  let thousandths = 0
  for (const run of textRuns(text, preferred)) {
    for (const character of run.text) thousandths += fonts[run.font].advance(character.codePointAt(0) ?? 0)
  }
  return (thousandths * fontSize) / 1000
}

/** Cuts a text so that it is at most so wide, ending in an ellipsis where something is missing. */
export function fitText(text: string, fontSize: number, maxWidth: number): string {
  if (textWidth(text, fontSize) <= maxWidth) return text
  const characters = [...text]
  while (characters.length > 0 && textWidth(`${characters.join('')}…`, fontSize) > maxWidth) characters.pop()
  return `${characters.join('').trimEnd()}…`
}
