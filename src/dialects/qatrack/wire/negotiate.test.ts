import type { FastifyRequest } from 'fastify'
import { describe, expect, it } from 'vitest'
import { negotiate, parseAccept } from './negotiate.ts'

function kindOf(accept: string | undefined, url = '/api/', suffix?: string): string {
  return negotiate({ url, headers: { accept } } as FastifyRequest, suffix).kind
}

describe('negotiate', () => {
  it.each([
    [undefined, 'json'],
    ['', 'json'],
    ['*/*', 'json'],
    ['application/json', 'json'],
    ['application/*', 'json'],
    ['text/html', 'html'],
    ['text/*', 'html'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'html'],
    ['text/html,application/json', 'json'],
    ['text/html;q=0.9,application/json;q=0.8', 'html'],
    ['*/*,text/html', 'html'],
    ['application/json;q=0', 'not-acceptable'],
    ['image/png', 'not-acceptable'],
    [',,;q=', 'not-acceptable'],
  ])('chooses for Accept: %s', (accept, kind) => {
    expect(kindOf(accept)).toBe(kind)
  })

  it('lets the suffix win over the query, and the query over Accept', () => {
    expect(kindOf('text/html', '/api/?format=json')).toBe('json')
    expect(kindOf('image/png', '/api/?format=api')).toBe('html')
    expect(kindOf(undefined, '/api/?format=api', 'json')).toBe('json')
    expect(kindOf(undefined, '/api/?format=x')).toBe('unknown-format')
    expect(kindOf(undefined, '/api/?format=')).toBe('json')
    expect(kindOf(undefined, '//?format=%', 'xml')).toBe('unknown-format')
  })
})

describe('parseAccept', () => {
  it('bounds indentation', () => {
    expect(parseAccept('application/json; indent=4')[0]?.indent).toBe(4)
    expect(parseAccept('application/json; indent=999')[0]?.indent).toBe(8)
    expect(parseAccept('application/json; indent=-1')[0]?.indent).toBe(0)
    expect(parseAccept('application/json; indent=x')[0]?.indent).toBe(0)
  })
})
