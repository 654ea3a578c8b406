import { describe, expect, it } from 'vitest'
import { mayConnect, parseOutgoingRules } from './outgoing-rules.ts'

describe('outgoing rules', () => {
  const { rules, wrong } = parseOutgoingRules([
    ' Jira.Intern ',
    '*.lab.example',
    '10.1.0.0/16',
    'fd00:1::/32',
    '169.254.0.0/16',
    '127.0.0.0/8',
    'http://no',
    '*',
    '',
  ])

  it('names the entries it does not understand', () => {
    expect(wrong).toEqual(['http://no', '*', ''])
  })

  it.each([
    ['public.example', '8.8.8.8', true],
    ['public.example', '10.2.0.1', false],
    ['jira.intern', '10.2.0.1', true],
    ['jira.intern', 'fd99::1', true],
    ['sub.jira.intern', '10.2.0.1', false],
    ['a.lab.example', '192.168.0.1', true],
    ['a.b.lab.example', '192.168.0.1', true],
    ['lab.example', '192.168.0.1', false],
    ['evillab.example', '192.168.0.1', false],
    ['any.example', '10.1.255.255', true],
    ['any.example', '::ffff:10.1.2.3', true],
    ['any.example', 'fd00:1::9', true],
    ['jira.intern', '127.0.0.1', false],
    ['jira.intern', '169.254.169.254', false],
    ['jira.intern', '169.254.1.1', false],
    ['jira.intern', '224.0.0.1', false],
  ])('%s at %s: %s', (host, address, expected) => {
    expect(mayConnect(rules, host, address)).toBe(expected)
  })

  it('opens loopback for tests only, and metadata not even then', () => {
    const { rules: inTests } = parseOutgoingRules([], { allowLoopback: true })
    expect(mayConnect(inTests, 'localhost', '127.0.0.1')).toBe(true)
    expect(mayConnect(inTests, 'localhost', '::1')).toBe(true)
    expect(mayConnect(inTests, 'localhost', '169.254.169.254')).toBe(false)
    expect(mayConnect(inTests, 'localhost', '10.0.0.1')).toBe(false)
  })
})
