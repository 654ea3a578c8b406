import { expect, it } from 'vitest'
import { byUrgency, type ForYouItem, type StatusToken } from './for-you.ts'

function item(token: StatusToken, title: string, dueAt?: string): ForYouItem {
  return { kind: 'Test list', token, title, path: '/', ...(dueAt ? { dueAt: new Date(dueAt) } : {}) }
}

it('puts what failed and what is overdue before what is due, and the earliest first', () => {
  const items = [
    item('ok', 'done'),
    item('todo', 'due without a date'),
    item('todo', 'due later', '2026-11-22T08:00:00Z'),
    item('todo', 'due soon', '2026-11-21T08:00:00Z'),
    item('todo', 'also due soon', '2026-11-21T08:00:00Z'),
    item('late', 'overdue', '2026-11-20T08:00:00Z'),
    item('warn', 'near'),
    item('act', 'failed'),
  ]
  expect(items.toSorted(byUrgency).map(({ title }) => title)).toEqual([
    'failed',
    'overdue',
    'also due soon',
    'due soon',
    'due later',
    'due without a date',
    'near',
    'done',
  ])
})
