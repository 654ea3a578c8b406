import { ACCOUNTS } from './accounts.data.ts'

/** What is printed once the demonstration answers: who can sign in, and a request for each API. */
export function describeDemonstration(address: string): readonly string[] {
  const widest = Math.max(...ACCOUNTS.map(({ username }) => username.length))
  const longest = Math.max(...ACCOUNTS.map(({ password }) => password.length))
  return [
    '',
    'Accounts:',
    ...ACCOUNTS.map(
      ({ username, password, purpose }) =>
        `  ${username.padEnd(widest)}  ${password.padEnd(longest)}  ${purpose}`,
    ),
    '',
    'Requests to try:',
    ...requestsOf(address).map(({ api, request }) => `  # ${api}\n  ${request}`),
    '',
  ]
}

/** None of them makes anything that the users' documents make. */
function requestsOf(address: string): readonly { readonly api: string; readonly request: string }[] {
  return [
    {
      api: 'machine QA (QATrack+)',
      request: `curl -d 'username=user&password=password' ${address}/api/get-token/`,
    },
    {
      api: 'research data (DMLF)',
      request: `curl -H 'Content-Type: application/json' -d '{"username": "researcher", "password": "password"}' ${address}/api/token/`,
    },
    {
      api: 'quality dashboards (Quality-time)',
      request: `curl ${address}/api/v3/report/f1d0e056-2440-43bd-b640-f6753ccf4496/metric_status_summary`,
    },
    {
      api: 'laboratory (Bika LIMS)',
      request: `curl -u labmanager:demo '${address}/Plone/@@API/read?portal_type=Client&include_fields=title'`,
    },
    { api: 'Touchstone', request: `curl ${address}/api/v1/openapi.json` },
  ]
}
