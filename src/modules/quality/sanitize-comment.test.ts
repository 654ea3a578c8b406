import { expect, it } from 'vitest'
import { sanitizeComment } from './sanitize-comment.ts'

it.each([
  ['plain text', 'Just words', 'Just words'],
  ['scripts', "Cleaned<script>alert('Danger')</script>", 'Cleaned'],
  ['emphasis', '<b><i>Bold</i></b>', '<b><i>Bold</i></b>'],
  [
    'a bare address',
    'See https://example.org.',
    'See <a href="https://example.org" target="_blank">https://example.org</a>.',
  ],
  [
    'an address with parameters',
    'https://x.org/?a=1&b=2',
    '<a href="https://x.org/?a=1&amp;b=2" target="_blank">https://x.org/?a=1&amp;b=2</a>',
  ],
  ['a link without target', "<a href='https://x.org'>x</a>", '<a href="https://x.org" target="_blank">x</a>'],
  [
    'a link with a target',
    '<a href="https://x.org" target="_top">https://x.org</a>',
    '<a href="https://x.org" target="_top">https://x.org</a>',
  ],
  ['a link that runs script', '<a href="javascript:x()">x</a>', '<a>x</a>'],
  ['handlers and styles', '<p onclick="x()" style="color:red">a</p>', '<p>a</p>'],
  ['frames and forms', 'a<iframe src="https://x.org"></iframe><form><input></form>b', 'ab'],
])('treats %s', (_what, html, expected) => {
  expect(sanitizeComment(html)).toBe(expected)
  expect(sanitizeComment(expected)).toBe(expected)
})
