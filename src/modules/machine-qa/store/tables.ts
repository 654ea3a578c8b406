import type { ColumnType, Generated } from 'kysely'
import type { PassFail } from '../domain/pass-fail.ts'
import type { TestType } from '../domain/test-type.ts'

type Instant = ColumnType<string, Date, Date>
type OptionalInstant = ColumnType<string | null, Date | null, Date | null>
type Flag = ColumnType<0 | 1, boolean, boolean>

type Stamps = {
  created_at: Instant
  created_by_id: number | null
  modified_at: Instant
  modified_by_id: number | null
  version: number
}

/** The columns that the stores of this module name; configuration is written by the generic verbs. */
export type QaTables = {
  qa_unit: {
    id: Generated<number>
    number: number
    name: string
    active: Flag
    retired_at: OptionalInstant
  }
  qa_frequency: {
    id: Generated<number>
    name: string
    slug: string
    recurrences: string
    window_start: number | null
    window_end: number
  }
  qa_assignment: Stamps & {
    id: Generated<number>
    unit_id: number
    test_list_id: number | null
    test_list_cycle_id: number | null
    frequency_id: number | null
    due_date: OptionalInstant
    auto_schedule: Flag
    active: Flag
    name: string | null
    last_instance_id: number | null
    retired_at: OptionalInstant
  }
  qa_assignment_visible_to: { assignment_id: number; group_id: number }
  qa_test_list: {
    id: Generated<number>
    name: string
    slug: string
    description: string | null
    warning_message: string
  }
  qa_test_list_membership: {
    id: Generated<number>
    test_list_id: number
    test_id: number
    sort_order: number
  }
  qa_sublist: {
    id: Generated<number>
    parent_id: number
    child_id: number
    outline: Flag
    sort_order: number
  }
  qa_test_list_cycle: {
    id: Generated<number>
    name: string
    drop_down_label: string
    day_option_text: 'day' | 'tlname'
  }
  qa_test_list_cycle_membership: {
    id: Generated<number>
    cycle_id: number
    test_list_id: number
    sort_order: number
  }
  qa_category: { id: Generated<number>; name: string }
  qa_test: {
    id: Generated<number>
    name: string
    display_name: string
    slug: string
    description: string | null
    procedure: string | null
    category_id: number
    type: TestType
    choices: string | null
    constant_value: number | null
    wrap_low: number | null
    wrap_high: number | null
    calculation_procedure: string | null
    formatting: string
    flag_when: 0 | 1 | null
    hidden: Flag
    skip_without_comment: Flag
    require_comment: Flag
    display_image: Flag
    autoreviewruleset_id: number | null
  }
  qa_unit_test_info: {
    id: Generated<number>
    unit_id: number
    test_id: number
    reference_id: number | null
    tolerance_id: number | null
    active: Flag
  }
  qa_reference: { id: Generated<number>; name: string; type: 'numerical' | 'boolean'; value: number }
  qa_tolerance: {
    id: Generated<number>
    name: string | null
    type: 'absolute' | 'percent' | 'multchoice' | 'boolean'
    act_low: number | null
    tol_low: number | null
    tol_high: number | null
    act_high: number | null
    mc_pass_choices: string
    mc_tol_choices: string
    bool_warning_only: Flag
  }
  qa_status: {
    id: Generated<number>
    name: string
    slug: string
    is_default: Flag
    requires_review: Flag
    valid: Flag
    colour: string
    retired_at: OptionalInstant
  }
  qa_auto_review_rule: {
    id: Generated<number>
    pass_fail: PassFail
    status_id: number
    retired_at: OptionalInstant
  }
  qa_auto_review_rule_set: { id: Generated<number>; is_default: Flag; retired_at: OptionalInstant }
  qa_auto_review_rule_set_rule: { rule_set_id: number; rule_id: number }
  qa_session: Stamps & {
    id: Generated<number>
    assignment_id: number
    test_list_id: number
    day: number
    work_started: Instant
    work_completed: Instant
    due_date: OptionalInstant
    in_progress: Flag
    flagged: Flag
    user_key: string | null
    user_key_folded: string | null
    include_for_scheduling: Flag
    reviewed: OptionalInstant
    reviewed_by_id: number | null
    all_reviewed: Flag
    voided_at: OptionalInstant
    voided_by_id: number | null
    void_reason: string | null
    void_reason_folded: string | null
  }
  qa_result: Stamps & {
    id: Generated<number>
    session_id: number
    unit_test_info_id: number
    sort_order: number
    status_id: number
    review_date: OptionalInstant
    reviewed_by_id: number | null
    pass_fail: PassFail
    value: number | null
    value_text: string | null
    value_text_folded: string | null
    string_value: string | null
    string_value_folded: string | null
    date_value: string | null
    datetime_value: OptionalInstant
    json_value: string | null
    skipped: Flag
    /** its session is voided */
    voided: ColumnType<0 | 1, boolean | undefined, boolean>
    comment: string
    comment_folded: string
    reference_id: number | null
    tolerance_id: number | null
    work_started: Instant
    work_completed: Instant
  }
  qa_attachment: Stamps & {
    id: Generated<number>
    path: string
    path_folded: string
    label: string
    label_folded: string
    comment: string
    comment_folded: string
    media_type: string
    media_type_folded: string
    size: number
    sha256: string
    sha256_folded: string
    test_id: number | null
    test_list_id: number | null
    test_list_cycle_id: number | null
    session_id: number | null
    result_id: number | null
    unit_id: number | null
    service_event_id: number | null
    part_id: number | null
    fault_id: number | null
  }
  qa_comment: {
    id: Generated<number>
    session_id: number | null
    service_event_id: number | null
    fault_id: number | null
    user_id: number | null
    submit_date: Instant
    comment: string
    comment_folded: string
    version: number
  }
  qa_autosave: {
    id: Generated<number>
    user_id: number
    assignment_id: number
    test_list_id: number
    session_id: number | null
    day: number
    work_started: OptionalInstant
    work_completed: OptionalInstant
    data: string
    created_at: Instant
    modified_at: Instant
  }
  /** of the access module: only the names shown beside results */
  access_user: { id: number; username: string; first_name: string; last_name: string }
}
