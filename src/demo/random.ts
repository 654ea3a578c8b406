/** A source of numbers that looks random and is the same on every run. */
export type Random = {
  /** from 0 up to, but not including, 1 */
  next(): number
  /** normally distributed around 0 with a standard deviation of 1 */
  normal(): number
  /** whether something of this probability happens */
  chance(probability: number): boolean
  /** a whole number from 0 up to, but not including, `below` */
  below(limit: number): number
  /** @throws RangeError for an empty list */
  pick<T>(choices: readonly T[]): T
}

/** Marsaglia's xorshift on 32 bits; each seed gives its own sequence. */
export function seededRandom(seed: number): Random {
  // a seed of zero would stay zero for ever
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1

  function next(): number {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 0x1_0000_0000
  }

  function below(limit: number): number {
    return Math.floor(next() * limit)
  }

  return {
    next,
    below,
    chance: (probability) => next() < probability,
    // Box and Muller; 1 - next() is never zero
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick: (choices) => {
      const chosen = choices[below(choices.length)]
      if (chosen === undefined) throw new RangeError('there is nothing to choose from')
      return chosen
    },
  }
}

/** A seed that follows from words, so that adding one thing does not change the numbers of all others. */
export function seedOf(...words: readonly (string | number)[]): number {
  let hash = 0x811c9dc5
  for (const character of words.join('\u0001')) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  }
  return hash >>> 0
}
