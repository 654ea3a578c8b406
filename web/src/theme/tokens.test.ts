import { describe, expect, it } from 'vitest'
import { contrast, distance, type Vision } from './contrast.ts'
import { PRIMARY, type Scheme, SERIES, STATUS, STATUS_TOKENS, type StatusToken, SURFACES } from './tokens.ts'

const SCHEMES: readonly Scheme[] = ['light', 'dark']
const VISIONS: readonly Vision[] = ['normal', 'protan', 'deutan', 'tritan']

describe('contrast', () => {
  it.each([
    ['#000000', '#ffffff', 21],
    ['#777777', '#ffffff', 4.478],
    ['#123456', '#123456', 1],
  ])('of %s and %s is %f', (one, other, ratio) => {
    expect(contrast(one, other)).toBeCloseTo(ratio, 2)
  })
})

describe.each(SCHEMES)('in the %s scheme', (scheme) => {
  const surface = SURFACES[scheme]
  const grounds = [
    surface.page,
    surface.panel,
    surface.raised,
    surface.sunken,
    surface.hover,
    surface.selected,
  ]

  it.each(['text', 'text-dim', 'link', 'danger'] as const)('%s can be read on every surface', (token) => {
    expect(Math.min(...grounds.map((ground) => contrast(surface[token], ground)))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['focus', 'line-strong'] as const)(
    '%s can be made out on page, panel and raised surfaces',
    (token) => {
      const seen = [surface.page, surface.panel, surface.raised].map((ground) =>
        contrast(surface[token], ground),
      )
      expect(Math.min(...seen)).toBeGreaterThanOrEqual(3)
    },
  )

  it.each(STATUS_TOKENS)('the words and the mark of status %s can be read', (token) => {
    const colours = STATUS[token][scheme]
    expect(contrast(colours.text, colours.soft)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colours.text, surface.panel)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colours.mark, colours.soft)).toBeGreaterThanOrEqual(3)
    expect(contrast(colours.mark, surface.panel)).toBeGreaterThanOrEqual(3)
  })

  it('white can be read on the primary button', () => {
    expect(contrast(PRIMARY[6], '#ffffff')).toBeGreaterThanOrEqual(4.5)
  })

  it('every series of a chart stands out from the panel', () => {
    expect(
      Math.min(...SERIES[scheme].map((colour) => contrast(colour, surface.panel))),
    ).toBeGreaterThanOrEqual(3)
  })

  it.each(VISIONS)('within tolerance, tolerance and action look different with %s vision', (vision) => {
    const pairs: readonly (readonly [StatusToken, StatusToken])[] = [
      ['ok', 'act'],
      ['ok', 'warn'],
      ['warn', 'act'],
    ]
    for (const [one, other] of pairs) {
      expect(distance(STATUS[one][scheme].mark, STATUS[other][scheme].mark, vision)).toBeGreaterThan(0.08)
    }
  })
})
