import { expect, it } from 'vitest'
import { digestOf, type Message } from './domain/message.ts'
import { mailHtml } from './mail-html.ts'

const BASE = 'https://lab.example.org'
const MESSAGE: Message = {
  subject: 'Daily <output> & more',
  text: 'First\nline\n\nSecond <b>',
  facts: [{ label: 'Unit', value: '"Linac" <2>' }],
  items: [{ text: 'A & B', path: '/app/x?a=1&b=2' }, { text: 'No page' }],
  path: '/app/y',
}

it('says the same as the text, escaped, with links to the server only', () => {
  const html = mailHtml(MESSAGE, BASE)
  expect(html).toContain('<title>Daily &lt;output&gt; &amp; more</title>')
  expect(html).toContain('<p>First<br>line</p><p>Second &lt;b&gt;</p>')
  expect(html).toContain('<td>&quot;Linac&quot; &lt;2&gt;</td>')
  expect(html).toContain(
    '<li><a href="https://lab.example.org/app/x?a=1&amp;b=2">A &amp; B</a></li><li>No page</li>',
  )
  expect([...html.matchAll(/href="([^"]*)"/g)].every(([, href]) => href?.startsWith(BASE))).toBe(true)
})

it('shows each message of a digest under its subject', () => {
  const html = mailHtml(digestOf([MESSAGE, { subject: 'Two', text: 'x', facts: [] }], BASE), BASE)
  expect([...html.matchAll(/<h2[^>]*>([^<]*)</g)].map(([, heading]) => heading)).toEqual([
    'Daily &lt;output&gt; &amp; more',
    'Two',
  ])
})
