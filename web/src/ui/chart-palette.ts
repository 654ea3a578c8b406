import { STATUS_TOKENS, type StatusToken } from '../theme/tokens.ts'

/** The tokens as a canvas needs them: plain colours, read from the style sheet in force. */
export interface ChartPalette {
  readonly text: string
  readonly dim: string
  readonly line: string
  readonly panel: string
  readonly focus: string
  readonly series: readonly string[]
  readonly mark: Record<StatusToken, string>
  readonly soft: Record<StatusToken, string>
  readonly font: string
}

const SERIES_COUNT = 6

/** Reads the tokens at an element; call again when the colour scheme changes. */
export function readPalette(element: Element): ChartPalette {
  const style = getComputedStyle(element)
  const token = (name: string): string => style.getPropertyValue(`--ts-${name}`).trim()
  const perStatus = (part: 'mark' | 'soft'): Record<StatusToken, string> => {
    const pairs = STATUS_TOKENS.map((status) => [status, token(`${status}-${part}`)] as const)
    // `fromEntries` forgets that every status is there.
    return Object.fromEntries(pairs) as Record<StatusToken, string>
  }
  return {
    text: token('text'),
    dim: token('text-dim'),
    line: token('line'),
    panel: token('panel'),
    focus: token('focus'),
    series: Array.from({ length: SERIES_COUNT }, (_, index) => token(`series-${index + 1}`)),
    mark: perStatus('mark'),
    soft: perStatus('soft'),
    font: style.fontFamily,
  }
}

/** How a series is drawn besides its colour: dashes and markers tell them apart without it. */
export const SERIES_DASH: readonly (readonly number[])[] = [[], [7, 4], [2, 3], [10, 3, 2, 3], [5, 2], [1, 2]]
