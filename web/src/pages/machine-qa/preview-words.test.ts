import { expect, it } from 'vitest'
import { previewWords } from './preview-words.ts'

it.each([
  [0, true, 0, 'Nothing was measured in this time.'],
  [1, true, 0, 'The one result would be judged as before.'],
  [12, true, 0, 'All 12 results would be judged as before.'],
  [12, true, 3, '3 of 12 results would be judged differently.'],
  [20000, false, 0, 'The newest 20000 results would be judged as before.'],
  [20000, false, 3, '3 of 20000 results would be judged differently; older ones were not looked at.'],
])('%d results, complete %s, %d changed: %s', (total, complete, changedTotal, words) => {
  expect(previewWords({ total, complete, changedTotal })).toBe(words)
})
