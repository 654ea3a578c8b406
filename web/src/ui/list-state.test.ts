import { describe, expect, it } from 'vitest'
import { withQuery } from '../api/client.ts'
import { listQuery, parseListState, viewQuery } from './list-state.ts'
import { parseSearchText, stringifySearchText } from './search-text.ts'

describe('the state of a list', () => {
  it('is read from the address and asked of the server', () => {
    const search = parseSearchText(
      '?q=linac&order=-number&page=3&size=100&type=3&name:icontains=x&view=7&columns=name,site',
    )
    const state = parseListState(search, 'name')
    expect(state).toEqual({
      q: 'linac',
      order: '-number',
      page: 3,
      size: 100,
      filters: { type: '3', 'name:icontains': 'x' },
      columns: ['name', 'site'],
      view: '7',
    })
    expect(withQuery('/units', listQuery(state))).toBe(
      '/units?type=3&name:icontains=x&q=linac&order=-number&limit=100&offset=200',
    )
  })

  it.each([
    ['', { page: 1, size: 50, order: 'name' }],
    ['?page=0&size=7', { page: 1, size: 50, order: 'name' }],
    ['?page=-2&size=abc', { page: 1, size: 50, order: 'name' }],
    ['?page=1.5', { page: 1, size: 50, order: 'name' }],
  ])('falls back to the defaults for %j', (address, expected) => {
    expect(parseListState(parseSearchText(address), 'name')).toMatchObject(expected)
  })

  it('is kept in a view without page and name of the view', () => {
    expect(viewQuery(parseSearchText('?site=1&page=4&view=2&order=-number'))).toBe('site=1&order=-number')
  })
})

describe('addresses', () => {
  it.each(['?q=a%20b%26c', '?name:icontains=x', '?columns=a,b', '?q=%E2%82%AC'])(
    '%s is read and written alike',
    (address) => {
      expect(stringifySearchText(parseSearchText(address))).toBe(address)
    },
  )

  it('keep numbers as text', () => {
    expect(parseSearchText('?q=007')).toEqual({ q: '007' })
  })
})
