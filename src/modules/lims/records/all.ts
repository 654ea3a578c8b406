import type { RecordType } from '../../../core/record.ts'
import { analysis } from './analysis.ts'
import { attachment } from './attachment.ts'
import { batch } from './batch.ts'
import { calculation } from './calculation.ts'
import { category } from './category.ts'
import { client } from './client.ts'
import { contact } from './contact.ts'
import { container } from './container.ts'
import { department } from './department.ts'
import { instrument } from './instrument.ts'
import { calibration, certification, maintenanceTask, validation } from './instrument-events.ts'
import { labContact } from './lab-contact.ts'
import { laboratory } from './laboratory.ts'
import { method } from './method.ts'
import { partition } from './partition.ts'
import { preservation } from './preservation.ts'
import { priority } from './priority.ts'
import { profile } from './profile.ts'
import { referenceDefinition } from './reference-definition.ts'
import { referenceSample } from './reference-sample.ts'
import { request } from './request.ts'
import { sample } from './sample.ts'
import { samplePoint } from './sample-point.ts'
import { sampleType } from './sample-type.ts'
import { service } from './service.ts'
import { settings } from './settings.ts'
import { specification } from './specification.ts'
import { storageLocation } from './storage-location.ts'
import { subGroup } from './sub-group.ts'
import { supplier } from './supplier.ts'
import { supplierContact } from './supplier-contact.ts'
import { template } from './template.ts'
import {
  attachmentType,
  batchLabel,
  containerType,
  instrumentLocation,
  instrumentType,
  manufacturer,
  sampleCondition,
  sampleMatrix,
  samplingDeviation,
} from './titled.ts'
import { worksheet } from './worksheet.ts'
import { worksheetTemplate } from './worksheet-template.ts'

/** Every kind of thing that the laboratory keeps, in the order in which people look for it. */
export const limsRecords: readonly RecordType[] = [
  client,
  contact,
  request,
  sample,
  partition,
  analysis,
  worksheet,
  batch,
  attachment,
  service,
  category,
  profile,
  template,
  specification,
  calculation,
  method,
  sampleType,
  samplePoint,
  sampleMatrix,
  sampleCondition,
  samplingDeviation,
  storageLocation,
  container,
  containerType,
  preservation,
  priority,
  subGroup,
  batchLabel,
  attachmentType,
  worksheetTemplate,
  referenceDefinition,
  referenceSample,
  supplier,
  supplierContact,
  manufacturer,
  instrument,
  instrumentType,
  instrumentLocation,
  calibration,
  certification,
  validation,
  maintenanceTask,
  department,
  labContact,
  laboratory,
  settings,
]
