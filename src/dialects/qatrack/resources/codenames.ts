/** Actions of a record's permissions, in the documented system's words. */
const ACTIONS: Readonly<Record<string, string>> = {
  add: 'add',
  change: 'change',
  retire: 'delete',
  view: 'view',
}

/** Our records as `app.model` of the documented system. */
const MODELS: Readonly<Record<string, readonly [app: string, model: string]>> = {
  'access.user': ['auth', 'user'],
  'access.group': ['auth', 'group'],
  'equipment.site': ['units', 'site'],
  'machine-qa.vendor': ['units', 'vendor'],
  'machine-qa.unit-class': ['units', 'unitclass'],
  'machine-qa.unit-type': ['units', 'unittype'],
  'machine-qa.modality': ['units', 'modality'],
  'machine-qa.unit': ['units', 'unit'],
  'machine-qa.available-time': ['units', 'unitavailabletime'],
  'machine-qa.frequency': ['qa', 'frequency'],
  'machine-qa.status': ['qa', 'testinstancestatus'],
  'machine-qa.auto-review-rule': ['qa', 'autoreviewrule'],
  'machine-qa.auto-review-rule-set': ['qa', 'autoreviewruleset'],
  'machine-qa.tolerance': ['qa', 'tolerance'],
  'machine-qa.category': ['qa', 'category'],
  'machine-qa.test': ['qa', 'test'],
  'machine-qa.unit-test-info': ['qa', 'unittestinfo'],
  'machine-qa.test-list': ['qa', 'testlist'],
  'machine-qa.test-list-cycle': ['qa', 'testlistcycle'],
  'machine-qa.assignment': ['qa', 'unittestcollection'],
}

/** Permissions that follow no record. */
const NAMED: Readonly<Record<string, string>> = {
  'machine-qa.session.perform': 'qa.add_testlistinstance',
  'machine-qa.session.change': 'qa.change_testlistinstance',
  'machine-qa.session.void': 'qa.delete_testlistinstance',
  'machine-qa.session.choose-frequency': 'qa.can_choose_frequency',
  'machine-qa.session.view-references': 'qa.can_view_ref_tol',
  'machine-qa.session.view-history': 'qa.can_view_history',
  'machine-qa.session.skip-without-comment': 'qa.can_skip_without_comment',
  'machine-qa.session.override-date': 'qa.can_override_date',
  'machine-qa.session.perform-subset': 'qa.can_perform_subset',
  'machine-qa.session.save-in-progress': 'qa.can_save_in_progress',
  'machine-qa.session.view-completed': 'qa.can_view_completed',
  'machine-qa.session.view-overview': 'qa.can_view_overview',
  'machine-qa.session.review': 'qa.can_review',
  'machine-qa.session.review-own': 'qa.can_review_own_tests',
  'machine-qa.session.review-not-visible': 'qa.can_review_non_visible_tli',
  'machine-qa.session.view-charts': 'qa.can_view_charts',
}

const BY_CODE = new Map<string, string>([
  ...Object.entries(MODELS).flatMap(([record, [app, model]]) =>
    Object.entries(ACTIONS).map(
      ([action, word]) => [`${record}.${action}`, `${app}.${word}_${model}`] as const,
    ),
  ),
  ...Object.entries(NAMED),
])
const BY_CODENAME = new Map([...BY_CODE].map(([code, codename]) => [codename, code]))

/** Our permissions and the documented system's `app.codename`, in both directions. */
export const CODENAMES = {
  /** every codename there is */
  all: (): string[] => [...BY_CODENAME.keys()],
  /** codenames of the permissions that have one, each once */
  of: (codes: readonly string[]): string[] => [...new Set(codes.flatMap((code) => BY_CODE.get(code) ?? []))],
  /** the same by app, then codename */
  sorted: (codes: readonly string[]): string[] => CODENAMES.of(codes).sort(),
  /** our permission, if this codename has one */
  permission: (codename: string): string | undefined => BY_CODENAME.get(codename),
}
