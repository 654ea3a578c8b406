import { Tabs } from '@mantine/core'
import type { ReactElement } from 'react'
import { CodeSnippet } from '../../ui/CodeSnippet.tsx'
import { Panel } from '../../ui/Panel.tsx'
import classes from './developer.module.css'

/** What to send, with the address of this server. */
export function HowTo(): ReactElement {
  const host = window.location.origin
  return (
    <Panel title="How to">
      <Tabs defaultValue="curl" keepMounted={false}>
        <Tabs.List mb={16}>
          <Tabs.Tab value="curl">curl</Tabs.Tab>
          <Tabs.Tab value="python">Python</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="curl" className={classes.snippets}>
          <CodeSnippet label="Read a file" code={curlRead(host)} />
          <CodeSnippet label="Generate a file from a picture" code={curlGenerate(host)} />
          <CodeSnippet label="See what was used this month" code={curlUsage(host)} />
        </Tabs.Panel>
        <Tabs.Panel value="python" className={classes.snippets}>
          <CodeSnippet label="Read a file" code={pythonRead(host)} />
          <CodeSnippet label="Generate a file from a picture" code={pythonGenerate(host)} />
        </Tabs.Panel>
      </Tabs>
      <p className={classes.note} style={{ marginTop: 16 }}>
        A file may be <code>.dcm</code> or <code>.zip</code>. Nothing of it is kept. Beyond the quota the
        answer is 429 with <code>quota</code> and <code>requests_used</code>, until the next month begins.
      </p>
    </Panel>
  )
}

function curlRead(host: string): string {
  return [
    `curl ${host}/api/dicom/read/file/ \\`,
    `  -H "Authorization: ApiKey $API_KEY" \\`,
    '  -F file=@scan.dcm \\',
    '  -F fields=PatientName,StudyDate,Modality \\',
    '  -F return_format=png',
  ].join('\n')
}

function curlGenerate(host: string): string {
  return [
    `curl ${host}/api/dicom/generate/ \\`,
    `  -H "Authorization: ApiKey $API_KEY" \\`,
    '  -F file_name=example_dicom \\',
    '  -F image=@image.png \\',
    '  -F "PatientName=John Doe" \\',
    '  -F Modality=CT \\',
    '  -o example_dicom.dcm',
  ].join('\n')
}

function curlUsage(host: string): string {
  return [
    `curl ${host}/api/developer/profiles/activity-summary/ \\`,
    `  -H "Authorization: ApiKey $API_KEY"`,
  ].join('\n')
}

function pythonRead(host: string): string {
  return [
    'import base64, os, requests',
    '',
    `url = "${host}/api/dicom/read/file/"`,
    'headers = {"Authorization": f"ApiKey {os.environ[\'API_KEY\']}"}',
    'with open("scan.dcm", "rb") as file:',
    '    answer = requests.post(url, headers=headers, files={"file": file})',
    'answer.raise_for_status()',
    'data = answer.json()',
    'print(data["PatientName"], data["Modality"])',
    'for number, image in enumerate(data.get("Images", []), 1):',
    '    with open(f"frame-{number}.png", "wb") as picture:',
    '        picture.write(base64.b64decode(image))',
  ].join('\n')
}

function pythonGenerate(host: string): string {
  return [
    'import os, requests',
    '',
    `url = "${host}/api/dicom/generate/"`,
    'headers = {"Authorization": f"ApiKey {os.environ[\'API_KEY\']}"}',
    'fields = {"file_name": "example_dicom", "PatientName": "John Doe", "Modality": "CT"}',
    'with open("image.png", "rb") as image:',
    '    files = {"image": ("image.png", image, "image/png")}',
    '    answer = requests.post(url, headers=headers, data=fields, files=files)',
    'answer.raise_for_status()',
    'with open("example_dicom.dcm", "wb") as file:',
    '    file.write(answer.content)',
  ].join('\n')
}
