import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RefusedError } from '../../core/refusal.ts'
import { escapeHtml } from './escape-html.ts'
import { htmlToText } from './html-to-text.ts'
import { sanitizeHtml } from './sanitize-html.ts'
import { sanitizedTokens } from './sanitized-tokens.ts'

const PNG = 'data:image/png;base64,iVBORw0KGgo='
const REL = 'rel="noopener noreferrer"'

describe('sanitizeHtml', () => {
  it.each([
    ['plain text', 'a & b', 'a &amp; b', []],
    ['emphasis', '<p>The <b>beam</b> is <em>on</em></p>', '<p>The <b>beam</b> is <em>on</em></p>', []],
    ['scripts', 'a<script>alert(1)</script>b', 'ab', ['<script>']],
    ['handlers', '<p onclick="x()">a</p>', '<p>a</p>', ['onclick on <p>']],
    ['a link that runs script', '<a href="javascript:x()">a</a>', `<a ${REL}>a</a>`, ['href on <a>']],
    ['a link with a hidden scheme', '<a href="java\tscript:x()">a</a>', `<a ${REL}>a</a>`, ['href on <a>']],
    ['an address without scheme', '<a href="//evil.example">a</a>', `<a ${REL}>a</a>`, ['href on <a>']],
    [
      'a web link',
      '<a href="https://x.example/?a=1&b=2">a</a>',
      `<a ${REL} href="https://x.example/?a=1&amp;b=2">a</a>`,
      [],
    ],
    ['a relative link', '<a href="/app/units/1">a</a>', `<a ${REL} href="/app/units/1">a</a>`, []],
    ['images', `a<img src="${PNG}">`, 'a', ['<img>']],
    ['tables', '<table><tr><td>1</td></tr></table>', '1', ['<table>', '<td>', '<tr>']],
    ['styles', '<p style="color: red">a</p>', '<p>a</p>', ['style color on <p>']],
    ['names', '<p id="app" class="x">a</p>', '<p>a</p>', ['class on <p>', 'id on <p>']],
    [
      'the attributes of what is removed anyway',
      '<iframe src="https://x.example"></iframe>',
      '',
      ['<iframe>'],
    ],
    ['unclosed elements', '<p><b>a', '<p><b>a</b></p>', []],
    ['markup in capitals', '<P><B>a</B></P>', '<p><b>a</b></p>', []],
    ['comments', 'a<!-- b -->c', 'ac', []],
    [
      'SVG with script',
      '<svg><a xlink:href="javascript:x()"><text>a</text></a></svg>b',
      'b',
      ['<a>', '<svg>', '<text>'],
    ],
  ])('in a comment: %s', (_what, html, clean, removed) => {
    expect(sanitizeHtml(html, 'comment')).toEqual({ html: clean, removed })
  })

  it.each([
    ['tables', '<table border="1"><tbody><tr><td colspan="2">1</td></tr></tbody></table>', undefined, []],
    ['an embedded image', `<img src="${PNG}" alt="field" width="40" />`, undefined, []],
    ['an image of this server', '<img src="/media/a.png" />', undefined, []],
    ['an embedded SVG image', '<img src="data:image/svg+xml;base64,PHN2Zz4=" />', '', ['<img>']],
    ['an embedded page', '<img src="data:text/html;base64,PHN2Zz4=" />', '', ['<img>']],
    ['an image without source', '<img onerror="x()" />', '', ['<img>']],
    [
      'an image with a handler',
      '<img src="/a.png" onerror="x()" />',
      '<img src="/a.png" />',
      ['onerror on <img>'],
    ],
    ['harmless styles', '<p style="color:red;text-align:center">a</p>', undefined, []],
    [
      'styles that fetch or cover',
      '<p style="color:red;position:fixed;background:url(https://x.example)">a</p>',
      '<p style="color:red">a</p>',
      ['style background on <p>', 'style position on <p>'],
    ],
    ['forms', '<form action="/x"><input name="a">b</form>', 'b', ['<form>', '<input>']],
    [
      'a page',
      '<html><head><title>t</title><style>p{}</style></head><body><p>a</p></body></html>',
      '<p>a</p>',
      ['<body>', '<head>', '<html>', '<style>', '<title>'],
    ],
  ])('in a procedure: %s', (_what, html, clean, removed) => {
    expect(sanitizeHtml(html, 'procedure')).toEqual({ html: clean ?? html, removed })
  })

  it('gives the same when sanitised again, with nothing removed', () => {
    fc.assert(
      fc.property(hostileHtml(), (html) => {
        const once = sanitizeHtml(html, 'procedure').html
        const again = sanitizeHtml(once.replaceAll(` ${REL}`, ''), 'procedure')
        expect(again).toEqual({ html: once, removed: [] })
      }),
    )
  })

  it('lets no element, attribute or scheme through that is not allowed', () => {
    fc.assert(
      fc.property(hostileHtml(), (html) => {
        for (const token of sanitizedTokens(sanitizeHtml(html, 'comment').html)) {
          if (token.kind !== 'open') continue
          expect(['p', 'a', 'b', 'br', 'li']).toContain(token.tag)
          expect(['rel', 'href', 'title']).toEqual(expect.arrayContaining([...token.attributes.keys()]))
          expect(token.attributes.get('href') ?? '').not.toMatch(/^\s*(javascript|data|vbscript):/i)
        }
      }),
    )
  })

  it('refuses a text of many megabytes', () => {
    expect(() => sanitizeHtml('a'.repeat(4_000_001), 'comment')).toThrow(RefusedError)
  })

  it('survives deep nesting', () => {
    const { html } = sanitizeHtml('<blockquote>'.repeat(20_000), 'comment')
    expect(html).toBe('<blockquote>'.repeat(50) + '</blockquote>'.repeat(50))
  })
})

function hostileHtml(): fc.Arbitrary<string> {
  const piece = fc.constantFrom(
    ...[
      '<p>',
      '</p>',
      '<a href="',
      'javascript:',
      'x()',
      '">',
      '<script>',
      '</script>',
      '<img src=x onerror=',
      '<svg>',
    ],
    ...[
      '&lt;',
      '&#60;',
      '&amp',
      '<',
      '>',
      '"',
      "'",
      ' ',
      'text',
      '<!--',
      '-->',
      '<b ',
      'onclick=1',
      '/>',
      '<li',
      '\0',
    ],
    ...[
      '<br>',
      'title="',
      '<style>',
      '<math>',
      '<p style="color:red;x:y">',
      `<img src="${PNG}">`,
      '<![CDATA[',
      ']]>',
    ],
  )
  return fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(''))
}

describe('htmlToText', () => {
  it.each([
    ['a &amp; b &lt; c', 'a & b < c'],
    ['<p>One</p><p>Two<br>lines</p>', 'One\nTwo\nlines'],
    ['<ul><li>first</li><li>second</li></ul>', '- first\n- second'],
    ['<table><tr><th>T</th><th>°C</th></tr><tr><td>1</td><td>22.4</td></tr></table>', 'T\t°C\n1\t22.4'],
    [
      'see <a href="https://x.example/a?b=1&amp;c=2">the page</a>',
      'see the page (https://x.example/a?b=1&c=2)',
    ],
    ['<img src="/a.png" alt="light field"> below', 'light field below'],
    ['a<script>x()</script><style>p{}</style>b', 'ab'],
    ['  many \n  spaces ', 'many spaces'],
  ])('of %j', (html, text) => {
    expect(htmlToText(html)).toBe(text)
  })

  it('returns a text that was escaped', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/[\s\0]/.test(text))
        expect(htmlToText(escapeHtml(text))).toBe(text)
      }),
    )
  })
})

describe('escapeHtml', () => {
  it('escapes the five characters that matter', () => {
    expect(escapeHtml(`<a href="x" title='y'>&amp;`)).toBe(
      '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;',
    )
  })
})
