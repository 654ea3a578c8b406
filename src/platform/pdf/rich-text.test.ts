import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blocksFromHtml } from './rich-text.ts'

describe('blocksFromHtml', () => {
  it.each([
    ['plain', [{ kind: 'text', text: ['plain'] }]],
    [
      '<p>a</p><p>b</p>',
      [
        { kind: 'text', text: ['a'] },
        { kind: 'text', text: ['b'] },
      ],
    ],
    [
      '<p>a <b>bold <i>both</i></b> c<sup>2</sup></p>',
      [
        {
          kind: 'text',
          text: [
            'a ',
            { text: 'bold ', bold: true },
            { text: 'both', bold: true, italic: true },
            ' c',
            { text: '2', sup: true },
          ],
        },
      ],
    ],
    ['a<br>b', [{ kind: 'text', text: ['a', '\n', 'b'] }]],
    [
      '<a href="https://x.example">link</a>',
      [{ kind: 'text', text: [{ text: 'link', link: 'https://x.example' }] }],
    ],
    [
      '<h1>Big</h1><h3>Small</h3>',
      [
        { kind: 'heading', level: 2, text: 'Big' },
        { kind: 'heading', level: 3, text: 'Small' },
      ],
    ],
    [
      '<ol><li>one</li><li>two<ul><li>in</li></ul></li></ol>',
      [
        { kind: 'text', text: ['1.\u00a0\u00a0', 'one'] },
        { kind: 'text', text: ['2.\u00a0\u00a0', 'two'] },
        { kind: 'text', text: ['\u00a0\u00a0\u00a0\u00a0•\u00a0\u00a0', 'in'] },
      ],
    ],
    ['<pre>a\n  b</pre>', [{ kind: 'text', text: [{ text: 'a\n  b', mono: true }] }]],
    ['<img src="/a.png" alt="field">', [{ kind: 'text', text: ['field'] }]],
    ['<script>x()</script><p> </p>', []],
    ['', []],
  ])('of %j', (html, blocks) => {
    expect(blocksFromHtml(html)).toEqual(blocks)
  })

  it('takes anything', () => {
    fc.assert(fc.property(fc.string(), (html) => Array.isArray(blocksFromHtml(html))))
  })
})
