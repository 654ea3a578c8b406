/** The statuses of service events that a new site starts with (specification 3.11). */
export const SHIPPED_SERVICE_STATUSES = [
  {
    name: 'Service Pending',
    isDefault: true,
    isReviewRequired: true,
    rtsQaMustBeReviewed: false,
    description: 'Service is to be done or goes on.',
    colour: 'rgba(243,156,18,1)',
    order: 1,
    meaning: 'open',
  },
  {
    name: 'Service Complete',
    isReviewRequired: true,
    rtsQaMustBeReviewed: false,
    description: 'The work is done and waits for a review.',
    colour: 'rgba(60,141,188,1)',
    order: 2,
    meaning: 'done',
  },
  {
    name: 'Approved',
    isReviewRequired: false,
    rtsQaMustBeReviewed: true,
    description: 'The work and its return-to-service QA were reviewed.',
    colour: 'rgba(0,166,90,1)',
    order: 3,
    meaning: 'done',
  },
  {
    name: 'Rejected',
    isReviewRequired: false,
    rtsQaMustBeReviewed: false,
    description: 'Not accepted as a service.',
    colour: 'rgba(221,75,57,1)',
    order: 4,
    meaning: 'void',
  },
  {
    name: 'Test Data',
    isReviewRequired: false,
    rtsQaMustBeReviewed: false,
    description: 'Made to try something out.',
    colour: 'rgba(119,119,119,1)',
    order: 5,
    meaning: 'void',
  },
] as const

/** The types of service that a new site starts with. */
export const SHIPPED_SERVICE_TYPES = [
  { name: 'Minor', isReviewRequired: false, description: 'Small repairs and adjustments.' },
  { name: 'Preventive', isReviewRequired: false, description: 'Planned maintenance.' },
  { name: 'Extensive', isReviewRequired: true, description: 'Repairs that may change the beam.' },
  { name: 'Safety Systems', isReviewRequired: true, description: 'Interlocks and other safety systems.' },
] as const
