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
  'machine-qa.service-area': ['service_log', 'servicearea'],
  'machine-qa.unit-service-area': ['service_log', 'unitservicearea'],
  'machine-qa.service-type': ['service_log', 'servicetype'],
  'machine-qa.service-event-status': ['service_log', 'serviceeventstatus'],
  'machine-qa.service-event': ['service_log', 'serviceevent'],
  'machine-qa.service-event-schedule': ['service_log', 'serviceeventschedule'],
  'machine-qa.service-event-template': ['service_log', 'serviceeventtemplate'],
  'machine-qa.third-party': ['service_log', 'thirdparty'],
  'machine-qa.hours': ['service_log', 'hours'],
  'machine-qa.return-to-service': ['service_log', 'returntoserviceqa'],
  'machine-qa.group-linker': ['service_log', 'grouplinker'],
  'machine-qa.group-linker-instance': ['service_log', 'grouplinkerinstance'],
  'machine-qa.supplier': ['parts', 'supplier'],
  'machine-qa.storage': ['parts', 'storage'],
  'machine-qa.room': ['parts', 'room'],
  'machine-qa.part-category': ['parts', 'partcategory'],
  'machine-qa.part': ['parts', 'part'],
  'machine-qa.part-storage': ['parts', 'partstoragecollection'],
  'machine-qa.part-supplier': ['parts', 'partsuppliercollection'],
  'machine-qa.part-used': ['parts', 'partused'],
  'machine-qa.fault': ['faults', 'fault'],
  'machine-qa.fault-type': ['faults', 'faulttype'],
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
  'machine-qa.service-event.review': 'service_log.review_serviceevent',
  'machine-qa.service-event.have-hours': 'service_log.can_have_hours',
  'machine-qa.return-to-service.perform': 'service_log.perform_returntoserviceqa',
  'machine-qa.fault.review': 'faults.can_review',
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
