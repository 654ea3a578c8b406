import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ExpressionError } from './expression/tokens.ts'
import { parseSearch } from './parse-search.ts'
import type { SearchNode } from './search.ts'

function shown(node: SearchNode): string {
  switch (node.kind) {
    case 'all':
    case 'any':
      return `${node.kind}(${node.of.map(shown).join(' ')})`
    case 'not':
      return `not(${shown(node.of)})`
    case 'compare':
      return `${node.path}${node.operator}${operand(node.operand)}`
    case 'between':
      return `${node.path}[${operand(node.low)}..${operand(node.high)}]`
    case 'in':
      return `${node.path}{${node.operands.map(operand).join('|')}}`
    case 'filled':
      return `${node.path}?`
    case 'relative':
      return `${node.of}:${node.sampleId}`
    case 'experiment':
      return `experiment:${node.method ?? '*'}`
    case 'words':
      return `words:${node.text}`
  }
}

function operand(of: Extract<SearchNode, { kind: 'compare' }>['operand']): string {
  return of.kind === 'number' ? `${of.value}${of.unit?.code ?? ''}` : String(of.value)
}

describe('a search', () => {
  // the examples of specification 5.11
  it.each([
    [
      'type = Solids and weight_in_g > 5 g and density between 1 and 2 g/cm3',
      'all(type=Solids weight_in_g>5g density[1g/cm3..2g/cm3])',
    ],
    [
      'ancestor = 240616_125138_010102 and not has experiment(method = "Sieving")',
      'all(ancestor:240616_125138_010102 not(experiment:Sieving))',
    ],
    [
      'composition ~ "NMC" and date_created in 2024-06',
      'all(composition~NMC date_created[2024-06-01..2024-06-31])',
    ],
    ['state in ("active", archived) or has experiment', 'any(state{active|archived} experiment:*)'],
    ['not (filled(comment) or leak_tested = true)', 'not(any(comment? leak_tested=true))'],
    ['layers[].thickness <= -2.5e1 um', 'layers[].thickness<=-25um'],
    ['date_created >= 2024-06-16', 'date_created>=2024-06-16'],
    ['black mass', 'words:black mass'],
    ['', 'all()'],
  ])('%s reads as %s', (text, expected) => {
    expect(shown(parseSearch(text))).toBe(expected)
  })

  it.each([
    ['weight >', 'A value is missing here.'],
    ['weight > 5 g and', 'A field is missing here.'],
    ['(weight > 5 g', ') is missing.'],
    ['has wings', 'Only has experiment(…) can be asked.'],
    ['density between 1 or 2', 'between needs a second value behind and.'],
    ['a = 1 b = 2', 'The search goes on where it should end.'],
    ['5 = a', 'A field is missing here.'],
  ])('%s is refused: %s', (text, message) => {
    expect(() => parseSearch(text)).toThrow(message)
  })

  it('fails only in its own way', () => {
    const words = fc.constantFrom(
      'a',
      '=',
      '(',
      ')',
      'and',
      'or',
      'not',
      '5',
      'g',
      '"x"',
      'between',
      'in',
      'has',
      '~',
      '2024-06',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((each) => each.join(' ')),
        ),
        (text) => {
          try {
            parseSearch(text)
          } catch (error) {
            if (!(error instanceof ExpressionError)) throw error
          }
        },
      ),
    )
  })
})
