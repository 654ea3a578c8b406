const ELEMENTS = new Set(
  (
    'H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo ' +
    'Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl ' +
    'Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og D'
  ).split(' '),
)

/**
 * The elements of a chemical formula such as `LiNi0.33Mn0.33Co0.33O2` or `Ca(OH)2`, in order of appearance.
 *
 * @returns undefined for what is no formula
 */
export function elementsOf(formula: string): readonly string[] | undefined {
  if (formula.length > 200 || !/^(?:[A-Z][a-z]?|\d+(?:\.\d+)?|[()·])+$/.test(formula)) return undefined
  let depth = 0
  for (const character of formula) {
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (depth < 0) return undefined
  }
  const symbols = formula.match(/[A-Z][a-z]?/g) ?? []
  return depth === 0 && symbols.length > 0 && symbols.every((symbol) => ELEMENTS.has(symbol))
    ? [...new Set(symbols)]
    : undefined
}
