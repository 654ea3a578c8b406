import { entityType, type EntityType } from './entity-type.ts'

/** What each source finds for each metric, by source and metric; the attributes in the order in which they are shown. */
export const ENTITY_TYPES: Readonly<Record<string, Readonly<Record<string, EntityType>>>> = {
  anchore: {
    security_warnings: entityType('security warning', 'filename, cve→url, package, fix, severity'),
  },
  anchore_jenkins_plugin: {
    security_warnings: entityType('security warning', 'tag, cve→url, package, fix, severity'),
  },
  axe_core: {
    violations: entityType('accessibility violation', 'violation_type→help, result_type, impact, page→url, element, description, tags'),
  },
  axe_html_reporter: {
    violations: entityType('accessibility violation', 'violation_type→help, result_type, impact, page→url, element, description, tags'),
  },
  axecsv: {
    violations: entityType('accessibility violation', 'violation_type→help, impact, page→url, element, description'),
  },
  azure_devops: {
    average_issue_lead_time: entityType('work item', 'project, title→url, work_item_type, state, lead_time:int'),
    change_failure_rate: entityType('pipeline', 'name→url, build_date:date'),
    failed_jobs: entityType('failed pipeline', 'name→url, build_status, build_result, build_date:date, build_duration:int'),
    job_runs_within_time_period: entityType('pipeline', 'name→url, build_status, build_result, build_date:date, build_duration:int'),
    pipeline_duration: entityType('pipeline', 'name→url, build_status, build_result, build_date:date, build_duration:int'),
    merge_requests: entityType('merge request', 'title→url, target_branch, state, upvotes:int, downvotes:int, created:datetime, closed:datetime'),
    tests: entityType('test run', 'name→url, state, build_id, started_date:datetime, completed_date:datetime, incomplete_tests:int, not_applicable_tests:int, passed_tests:int, unanalyzed_tests:int, total_tests:int, counted_tests:int = (hidden)'),
    unused_jobs: entityType('unused pipeline', 'name→url, build_status, build_result, build_date:date, build_duration:int'),
    inactive_branches: entityType('branch', 'name→url, commit_date:date, merge_status'),
    issues: entityType('issue', 'project, title→url, work_item_type, state'),
    user_story_points: entityType('user story', 'project, title→url, work_item_type, state, story_points:int ='),
  },
  bandit: {
    security_warnings: entityType('security warning', 'issue_text→more_info, location, issue_confidence, issue_severity'),
  },
  bitbucket: {
    inactive_branches: entityType('branch', 'name→url, commit_date:date, merge_status'),
    merge_requests: entityType('merge request', 'title→url, target_branch, state, upvotes:int, downvotes:int, created:datetime, closed:datetime'),
  },
  cargo_audit: {
    security_warnings: entityType('security warning', 'advisory_id→advisory_url, advisory_title, warning_type, package_name, package_version, versions_patched'),
  },
  cloc: {
    loc: entityType('language', 'language, nr_files:int, blank:int, comment:int, code:int =, code_percentage:int%'),
  },
  composer: {
    dependencies: entityType('dependency', 'name→homepage, description, version, latest, latest_status, warning'),
  },
  dependency_track: {
    dependencies: entityType('dependency', 'project→project_landing_url, project_version, component→component_landing_url, version, latest, latest_version_status'),
    security_warnings: entityType('security warning', 'project→project_landing_url, project_version, component→component_landing_url, identifier, description, severity, version, latest, latest_version_status'),
    source_up_to_dateness: entityType('project', 'project→project_landing_url, project_version, is_latest:bool, last_bom_import:datetime, last_bom_analysis:datetime, up_to_date'),
  },
  gatling: {
    slow_transactions: entityType('slow transaction', 'name, sample_count:int, error_count:int, error_percentage:float, mean_response_time:float, min_response_time:float, max_response_time:float, percentile_50_response_time:float, percentile_75_response_time:float, percentile_95_response_time:float, percentile_99_response_time:float'),
  },
  generic_json: {
    security_warnings: entityType('security warning', 'title, description, severity'),
  },
  github: {
    merge_requests: entityType('merge request', 'title→url, target_branch, state, reviewdecision, created:datetime, updated:datetime, merged:datetime, comments:int, thumbs_up:int'),
  },
  gitlab: {
    change_failure_rate: entityType('deployment', 'name→url, stage, branch, build_status, build_date:date'),
    failed_jobs: entityType('job', 'name→url, stage, branch, build_result, build_date:date'),
    job_runs_within_time_period: entityType('job', 'name→url, stage, branch, build_result, build_date:date'),
    unused_jobs: entityType('job', 'name→url, stage, branch, build_result, build_date:date'),
    merge_requests: entityType('merge request', 'title→url, target_branch, state, approved, upvotes:int, downvotes:int, created:datetime, updated:datetime, merged:datetime, draft:bool'),
    inactive_branches: entityType('branch', 'name→url, commit_date:date, merge_status'),
    pipeline_duration: entityType('pipeline', 'name→url, ref, status, trigger, schedule, created:datetime, updated:datetime, duration:int'),
    pipelines: entityType('pipeline', 'name→url, ref, status, trigger, schedule, created:datetime, updated:datetime'),
  },
  grafana_k6: {
    slow_transactions: entityType('slow transaction', 'name, thresholds, count:int, average_response_time:float, median_response_time:float, min_response_time:float, max_response_time:float'),
  },
  harbor: {
    security_warnings: entityType('security warning', 'project, repository, tags, artifact→url, highest_severity, fixable:int, total:int ='),
  },
  harbor_json: {
    security_warnings: entityType('security warning', 'vulnerability_id→url, package, version, fix_version, severity, description'),
  },
  jenkins: {
    change_failure_rate: entityType('deployment', 'name→url, build_result, build_date:date'),
    failed_jobs: entityType('job', 'name→url, build_result, build_date:date'),
    source_up_to_dateness: entityType('job', 'name→url, build_result, build_date:date'),
    unused_jobs: entityType('job', 'name→url, build_result, build_date:date'),
    job_runs_within_time_period: entityType('build', 'name→url, build_count:int'),
  },
  jenkins_test_report: {
    tests: entityType('test', 'class_name, name, test_result, age:int'),
    test_cases: entityType('test', 'class_name, name, test_result, age:int'),
  },
  jira: {
    average_issue_lead_time: entityType('issue', 'issue_key→url, summary, type, status, priority, sprint, created:datetime, updated:datetime, lead_time:int'),
    change_failure_rate: entityType('issue', 'issue_key→url, summary, type, status, priority, sprint, created:datetime, updated:datetime'),
    issues: entityType('issue', 'issue_key→url, summary, type, status, priority, sprint, created:datetime, updated:datetime'),
    manual_test_duration: entityType('test case', 'issue_key→url, summary, duration:int ='),
    manual_test_execution: entityType('test case', 'issue_key→url, summary, last_test_date:date, desired_test_frequency:int'),
    test_cases: entityType('test case', 'issue_key→url, summary, type, status, priority, test_result, created:datetime, updated:datetime'),
    user_story_points: entityType('user story', 'issue_key→url, summary, type, status, priority, sprint, created:datetime, updated:datetime, points:float ='),
    velocity: entityType('sprint', 'name→url, goal, points_committed:float, points_completed:float, points_difference:float, points_measured:float = (hidden)'),
  },
  jmeter_csv: {
    slow_transactions: entityType('slow transaction', 'name, sample_count:int, error_count:int, error_percentage:float, mean_response_time:float, median_response_time:float, min_response_time:float, max_response_time:float, percentile_90_response_time:float, percentile_95_response_time:float, percentile_99_response_time:float'),
  },
  jmeter_json: {
    slow_transactions: entityType('slow transaction', 'name, sample_count:int, error_count:int, error_percentage:float, mean_response_time:float, median_response_time:float, min_response_time:float, max_response_time:float, percentile_90_response_time:float, percentile_95_response_time:float, percentile_99_response_time:float'),
  },
  junit: {
    test_cases: entityType('test', 'class_name, host_name, name, test_result'),
    tests: entityType('test', 'class_name, host_name, name, test_result'),
    test_suites: entityType('test', 'suite_name, suite_result, tests:int, passed:int, errored:int, failed:int, skipped:int'),
  },
  npm: {
    dependencies: entityType('dependency', 'name, current, wanted, latest'),
  },
  ojaudit: {
    violations: entityType('violation', 'message, severity, component, count:int'),
  },
  openvas: {
    security_warnings: entityType('security warning', 'name, severity, description, host, port'),
  },
  owasp_dependency_check_xml: {
    security_warnings: entityType('security warning', 'file_path→url, file_path_after_regexp, file_name, highest_severity, nr_vulnerabilities:int'),
    dependencies: entityType('dependency', 'file_path→url, file_path_after_regexp, file_name'),
  },
  owasp_dependency_check_json: {
    security_warnings: entityType('security warning', 'file_path→url, file_path_after_regexp, file_name, highest_severity, nr_vulnerabilities:int'),
    dependencies: entityType('dependency', 'file_path→url, file_path_after_regexp, file_name'),
  },
  owasp_zap: {
    security_warnings: entityType('security warning', 'name, risk, description, location→uri'),
  },
  performancetest_runner: {
    slow_transactions: entityType('slow transaction', 'name, threshold'),
  },
  pip: {
    dependencies: entityType('dependency', 'name→homepage, version, latest'),
  },
  quality_time: {
    metrics: entityType('metric', 'report→report_url, subject→subject_url, metric→metric_url, status:status, status_start_date:date, measurement:int, target, unit'),
    missing_metrics: entityType('metric type', 'report→report_url, subject→subject_url, subject_type→subject_type_url, metric_type_name→metric_type_url, source_types'),
  },
  robot_framework: {
    test_suites: entityType('test suite', 'suite_name, suite_documentation, suite_result, tests:int, passed:int, errored:int, failed:int, skipped:int'),
    tests: entityType('test', 'suite_name, test_name, test_result'),
  },
  sarif_json: {
    security_warnings: entityType('security warning', 'message, level, locations, rule→url, description'),
    violations: entityType('violation', 'message, level, locations, rule→url, description'),
  },
  snyk: {
    security_warnings: entityType('security warning', 'dependency, nr_vulnerabilities:int, example_vulnerability→url, example_path, highest_severity'),
  },
  sonarqube: {
    commented_out_code: entityType('violation', 'message, impacts, clean_code_attribute_category, component→url, tags, creation_date:datetime, update_date:datetime'),
    complex_units: entityType('violation', 'message, impacts, clean_code_attribute_category, component→url, tags, creation_date:datetime, update_date:datetime'),
    many_parameters: entityType('violation', 'message, impacts, clean_code_attribute_category, component→url, tags, creation_date:datetime, update_date:datetime'),
    long_units: entityType('violation', 'message, impacts, clean_code_attribute_category, component→url, tags, creation_date:datetime, update_date:datetime'),
    todo_and_fixme_comments: entityType('violation', 'message, impacts, clean_code_attribute_category, component→url, tags, creation_date:datetime, update_date:datetime'),
    violations: entityType('violation', 'message, impacts, clean_code_attribute_category, component→url, tags, creation_date:datetime, update_date:datetime'),
    loc: entityType('language', 'language, ncloc:int =, ncloc_percentage:int%'),
    remediation_effort: entityType('effort type', 'effort_type→url, effort:int ='),
    security_warnings: entityType('security warning', 'message, impacts, clean_code_attribute_category, component→url, tags, creation_date:datetime, update_date:datetime'),
    suppressed_violations: entityType('violation', 'message, impacts, clean_code_attribute_category, issue_status, rationale, component→url, tags, creation_date:datetime, update_date:datetime'),
  },
  testng: {
    test_cases: entityType('test', 'class_name, name, description, test_result'),
    tests: entityType('test', 'class_name, name, description, test_result'),
    test_suites: entityType('test suite', 'suite_name, suite_result, tests:int, passed:int, errored:int, failed:int, skipped:int'),
  },
  trivy_json: {
    security_warnings: entityType('security warning', 'vulnerability_id, title→url, description, level, package_name, installed_version, fixed_version'),
  },
  visual_studio_trx: {
    tests: entityType('test', 'name, test_result'),
    test_cases: entityType('test', 'name, test_result'),
  },
}
