import { choicesOf, findSourceType } from './catalogue/catalogue.ts'
import { type Attributes, textsOf } from './report-tree.ts'

/**
 * The chosen values of a parameter in the words of the source. None chosen means the default, which is all unless the
 * catalogue says otherwise; values that are no longer offered are left out.
 */
export function selectedValues(sourceType: string, key: string, parameters: Attributes): readonly string[] {
  const parameter = findSourceType(sourceType)?.parameters[key]
  if (!parameter) return []
  const choices = choicesOf(parameter) ?? []
  const chosen = textsOf(parameters, key).filter((value) => choices.includes(value))
  const byDefault = Array.isArray(parameter.value) && parameter.value.length > 0 ? parameter.value : choices
  const usesDefault = chosen.length === 0 && parameter.kind === 'multiple_choice_with_defaults'
  return (usesDefault ? byDefault : chosen).map((value: string) => parameter.apiValues?.[value] ?? value)
}
