import fc from 'fast-check'
import { expect, it } from 'vitest'
import { slugify } from './slug.ts'

it.each([
  ['Accessory inspection', 50, 'accessory-inspection'],
  ['  6 MV – Output (nC) ', 50, '6-mv-output-nc'],
  ['Größe & Maß', 50, 'grosse-mass'],
  ['a_b--c', 50, 'a_b-c'],
  ['日本', 50, ''],
  ['abcdef ghij', 7, 'abcdef'],
])('turns %j into a slug of at most %d characters', (text, length, slug) => {
  expect(slugify(text, length)).toBe(slug)
})

it('leaves a slug as it is', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const slug = slugify(text, 30)
      expect(slug).toMatch(/^([a-z0-9_]+(-[a-z0-9_]+)*)?$/)
      expect(slugify(slug, 30)).toBe(slug)
    }),
  )
})
