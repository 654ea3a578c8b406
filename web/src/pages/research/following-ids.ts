const ID = /^(\d\d)(\d\d)(\d\d)_(\d\d)(\d\d)(\d\d)(_\d{6})$/

/** Ids for several samples made at once: the first, and those of the seconds behind it. */
export function followingIds(first: string, count: number): readonly string[] {
  const parts = ID.exec(first)
  if (parts === null) return Array.from({ length: count }, (_, index) => (index === 0 ? first : ''))
  const [, year, month, day, hour, minute, second, rest] = parts
  const start = Date.UTC(
    2000 + Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  )
  return Array.from({ length: count }, (_, index) => {
    const text = new Date(start + index * 1000).toISOString()
    return `${text.slice(2, 10).replaceAll('-', '')}_${text.slice(11, 19).replaceAll(':', '')}${rest}`
  })
}
