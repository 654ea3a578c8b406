import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Float, renderJson } from './render-json.ts'
import { renderLargeJson } from './render-large-json.ts'

describe('renderLargeJson', () => {
  it('writes what renderJson writes, letter by letter', async () => {
    const object = fc.dictionary(
      fc.string(),
      fc.oneof(
        fc.string(),
        fc.double().map((value) => new Float(value)),
        fc.jsonValue(),
      ),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(object, { minLength: 51, maxLength: 120, size: 'max' }),
        fc.constantFrom(0, 2, 4),
        async (results, indent) => {
          const page = { count: results.length, next: '[]', previous: null, results }
          expect(await renderLargeJson(page, indent)).toBe(renderJson(page, indent))
        },
      ),
      { numRuns: 20 },
    )
  })

  it.each([[{ results: 'none' }], [[1, 2]], ['text'], [null]])(
    'writes %j, which is no page',
    async (body) => {
      expect(await renderLargeJson(body)).toBe(JSON.stringify(body))
    },
  )
})
