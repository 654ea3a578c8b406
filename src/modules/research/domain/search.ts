import type { Unit } from '../../../core/quantity/unit.ts'

export type SearchOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '~'

/** What a field of the samples is compared with; numbers keep the unit in which they were written. */
export type SearchOperand =
  | { readonly kind: 'number'; readonly value: number; readonly unit: Unit | undefined }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'truth'; readonly value: boolean }

/** What is looked for: the tree behind the text box and the builder. */
export type SearchNode =
  | { readonly kind: 'all' | 'any'; readonly of: readonly SearchNode[] }
  | { readonly kind: 'not'; readonly of: SearchNode }
  /** a field of the sample itself, or of its info */
  | {
      readonly kind: 'compare'
      readonly path: string
      readonly operator: SearchOperator
      readonly operand: SearchOperand
    }
  | {
      readonly kind: 'between'
      readonly path: string
      readonly low: SearchOperand
      readonly high: SearchOperand
    }
  | { readonly kind: 'in'; readonly path: string; readonly operands: readonly SearchOperand[] }
  | { readonly kind: 'filled'; readonly path: string }
  | { readonly kind: 'relative'; readonly of: 'ancestor' | 'descendant'; readonly sampleId: string }
  /** has an experiment, of a method where one is named */
  | { readonly kind: 'experiment'; readonly method: string | undefined }
  /** words anywhere in id, name or location */
  | { readonly kind: 'words'; readonly text: string }

export const ANY_SAMPLE: SearchNode = { kind: 'all', of: [] }
