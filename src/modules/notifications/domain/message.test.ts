import { expect, it } from 'vitest'
import { digestOf, type Message, mailText } from './message.ts'

const BASE = 'https://lab.example.org'
const OVERDUE: Message = {
  subject: 'Daily output is overdue',
  text: 'It was due yesterday.',
  facts: [{ label: 'Unit', value: 'Linac 2' }],
  path: '/app/machine-qa/assignments/3',
}

it('writes text, facts and the link one below the other', () => {
  expect(mailText(OVERDUE, BASE)).toBe(
    'It was due yesterday.\n\nUnit: Linac 2\n\nhttps://lab.example.org/app/machine-qa/assignments/3\n',
  )
  expect(mailText({ subject: '', text: 'Only text', facts: [] }, BASE)).toBe('Only text\n')
})

it('joins the messages of a day', () => {
  const digest = digestOf([OVERDUE, { subject: 'Second', text: 'a\nb', facts: [] }], BASE)
  expect(digest).toMatchObject({
    subject: '2 notifications',
    facts: [],
    text: [
      'Daily output is overdue',
      '    It was due yesterday.',
      '',
      '    Unit: Linac 2',
      '',
      '    https://lab.example.org/app/machine-qa/assignments/3',
      '',
      'Second',
      '    a',
      '    b',
    ].join('\n'),
  })
})

it('lists one line per thing, with its page, and leaves files out of digests', () => {
  const message: Message = {
    subject: 'Due',
    text: '',
    facts: [],
    items: [{ text: 'Linac 1: Daily', path: '/app/a' }, { text: 'CT: Weekly' }],
    files: [{ name: 'due.pdf', mediaType: 'application/pdf', sha256: 'ab' }],
  }
  expect(mailText(message, BASE)).toBe('- Linac 1: Daily\n  https://lab.example.org/app/a\n- CT: Weekly\n')
  expect(digestOf([message], BASE).parts?.[0]).not.toHaveProperty('files')
})
