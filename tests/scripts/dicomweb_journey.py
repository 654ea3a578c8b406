"""Stores, searches and fetches by the client that research groups use, and prints what came back as JSON."""

import json
import sys

import pydicom
from dicomweb_client.api import DICOMwebClient
from dicomweb_client.session_utils import create_session

url, token, *paths = sys.argv[1:]
session = create_session()
session.headers.update({'Authorization': f'Token {token}'})
client = DICOMwebClient(url=url, session=session)

stored = client.store_instances(datasets=[pydicom.dcmread(path) for path in paths])
studies = client.search_for_studies(search_filters={'PatientID': 'ID-4711'}, fields=['StudyDescription'])
study = studies[0]['0020000D']['Value'][0]
series = client.search_for_series(study)
series_uid = series[0]['0020000E']['Value'][0]
instances = client.search_for_instances(study, series_uid)
uids = [instance['00080018']['Value'][0] for instance in instances]
metadata = client.retrieve_study_metadata(study)
fetched = client.retrieve_study(study)
one = client.retrieve_instance(study, series_uid, uids[0])
frames = client.retrieve_instance_frames(study, series_uid, uids[0], frame_numbers=[1])
picture = client.retrieve_instance_rendered(study, series_uid, uids[0], media_types=('image/png',))
# the client leaves the port out of its Host header, from which the address is made
address = url + metadata[0]['7FE00010']['BulkDataURI'].split('/dicom-web', 1)[1]
bulk = client.retrieve_bulkdata(address)
first = pydicom.dcmread(paths[0])

print(json.dumps({
    'stored': len(stored.ReferencedSOPSequence),
    'failed': len(getattr(stored, 'FailedSOPSequence', [])),
    'studies': len(studies),
    'series': len(series),
    'instances': uids,
    'names': [str(pydicom.Dataset.from_json(model).PatientName) for model in metadata],
    'fetched': sorted(str(dataset.SOPInstanceUID) for dataset in fetched),
    'same pixels': bytes(one.PixelData) == bytes(first.PixelData) == frames[0] == bulk[0],
    'picture': picture[:4].hex(),
}))
