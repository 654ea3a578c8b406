// DICOM PS3.6 annex A: UID|type|name|retired.
// Written by scripts/dicom-dictionary.ts; do not edit.

export const UID_TABLE = `~1.1|SOP Class|Verification SOP Class|
~1.2|Transfer Syntax|Implicit VR Little Endian|
~1.2.1|Transfer Syntax|Explicit VR Little Endian|
~1.2.1.98|Transfer Syntax|Encapsulated Uncompressed Explicit VR Little Endian|
~1.2.1.99|Transfer Syntax|Deflated Explicit VR Little Endian|
~1.2.2|Transfer Syntax|Explicit VR Big Endian|r
~1.2.4.50|Transfer Syntax|JPEG Baseline (Process 1)|
~1.2.4.51|Transfer Syntax|JPEG Extended (Process 2 and 4)|
~1.2.4.52|Transfer Syntax|JPEG Extended (Process 3 and 5)|r
~1.2.4.53|Transfer Syntax|JPEG Spectral Selection, Non-Hierarchical (Process 6 and 8)|r
~1.2.4.54|Transfer Syntax|JPEG Spectral Selection, Non-Hierarchical (Process 7 and 9)|r
~1.2.4.55|Transfer Syntax|JPEG Full Progression, Non-Hierarchical (Process 10 and 12)|r
~1.2.4.56|Transfer Syntax|JPEG Full Progression, Non-Hierarchical (Process 11 and 13)|r
~1.2.4.57|Transfer Syntax|JPEG Lossless, Non-Hierarchical (Process 14)|
~1.2.4.58|Transfer Syntax|JPEG Lossless, Non-Hierarchical (Process 15)|r
~1.2.4.59|Transfer Syntax|JPEG Extended, Hierarchical (Process 16 and 18)|r
~1.2.4.60|Transfer Syntax|JPEG Extended, Hierarchical (Process 17 and 19)|r
~1.2.4.61|Transfer Syntax|JPEG Spectral Selection, Hierarchical (Process 20 and 22)|r
~1.2.4.62|Transfer Syntax|JPEG Spectral Selection, Hierarchical (Process 21 and 23)|r
~1.2.4.63|Transfer Syntax|JPEG Full Progression, Hierarchical (Process 24 and 26)|r
~1.2.4.64|Transfer Syntax|JPEG Full Progression, Hierarchical (Process 25 and 27)|r
~1.2.4.65|Transfer Syntax|JPEG Lossless, Hierarchical (Process 28)|r
~1.2.4.66|Transfer Syntax|JPEG Lossless, Hierarchical (Process 29)|r
~1.2.4.70|Transfer Syntax|JPEG Lossless, Non-Hierarchical, First-Order Prediction (Process 14 [Selection Value 1])|
~1.2.4.80|Transfer Syntax|JPEG-LS Lossless Image Compression|
~1.2.4.81|Transfer Syntax|JPEG-LS Lossy (Near-Lossless) Image Compression|
~1.2.4.90|Transfer Syntax|JPEG 2000 Image Compression (Lossless Only)|
~1.2.4.91|Transfer Syntax|JPEG 2000 Image Compression|
~1.2.4.92|Transfer Syntax|JPEG 2000 Part 2 Multi-component Image Compression (Lossless Only)|
~1.2.4.93|Transfer Syntax|JPEG 2000 Part 2 Multi-component Image Compression|
~1.2.4.94|Transfer Syntax|JPIP Referenced|
~1.2.4.95|Transfer Syntax|JPIP Referenced Deflate|
~1.2.4.100|Transfer Syntax|MPEG2 Main Profile / Main Level|
~1.2.4.100.1|Transfer Syntax|Fragmentable MPEG2 Main Profile / Main Level|
~1.2.4.101|Transfer Syntax|MPEG2 Main Profile / High Level|
~1.2.4.101.1|Transfer Syntax|Fragmentable MPEG2 Main Profile / High Level|
~1.2.4.102|Transfer Syntax|MPEG-4 AVC/H.264 High Profile / Level 4.1|
~1.2.4.102.1|Transfer Syntax|Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.1|
~1.2.4.103|Transfer Syntax|MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1|
~1.2.4.103.1|Transfer Syntax|Fragmentable MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1|
~1.2.4.104|Transfer Syntax|MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video|
~1.2.4.104.1|Transfer Syntax|Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video|
~1.2.4.105|Transfer Syntax|MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video|
~1.2.4.105.1|Transfer Syntax|Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video|
~1.2.4.106|Transfer Syntax|MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2|
~1.2.4.106.1|Transfer Syntax|Fragmentable MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2|
~1.2.4.107|Transfer Syntax|HEVC/H.265 Main Profile / Level 5.1|
~1.2.4.108|Transfer Syntax|HEVC/H.265 Main 10 Profile / Level 5.1|
~1.2.4.201|Transfer Syntax|High-Throughput JPEG 2000 Image Compression (Lossless Only)|
~1.2.4.202|Transfer Syntax|High-Throughput JPEG 2000 with RPCL Options Image Compression (Lossless Only)|
~1.2.4.203|Transfer Syntax|High-Throughput JPEG 2000 Image Compression|
~1.2.4.204|Transfer Syntax|JPIP HTJ2K Referenced|
~1.2.4.205|Transfer Syntax|JPIP HTJ2K Referenced Deflate|
~1.2.5|Transfer Syntax|RLE Lossless|
~1.2.6.1|Transfer Syntax|RFC 2557 MIME encapsulation|r
~1.2.6.2|Transfer Syntax|XML Encoding|r
~1.2.7.1|Transfer Syntax|SMPTE ST 2110-20 Uncompressed Progressive Active Video|
~1.2.7.2|Transfer Syntax|SMPTE ST 2110-20 Uncompressed Interlaced Active Video|
~1.2.7.3|Transfer Syntax|SMPTE ST 2110-30 PCM Digital Audio|
~1.3.10|SOP Class|Media Storage Directory Storage|
~1.5.1|Well-known SOP Instance|Hot Iron Color Palette SOP Instance|
~1.5.2|Well-known SOP Instance|PET Color Palette SOP Instance|
~1.5.3|Well-known SOP Instance|Hot Metal Blue Color Palette SOP Instance|
~1.5.4|Well-known SOP Instance|PET 20 Step Color Palette SOP Instance|
~1.5.5|Well-known SOP Instance|Spring Color Palette SOP Instance|
~1.5.6|Well-known SOP Instance|Summer Color Palette SOP Instance|
~1.5.7|Well-known SOP Instance|Fall Color Palette SOP Instance|
~1.5.8|Well-known SOP Instance|Winter Color Palette SOP Instance|
~1.9|SOP Class|Basic Study Content Notification SOP Class|r
~1.20|Transfer Syntax|Papyrus 3 Implicit VR Little Endian|r
~1.20.1|SOP Class|Storage Commitment Push Model SOP Class|
~1.20.1.1|Well-known SOP Instance|Storage Commitment Push Model SOP Instance|
~1.20.2|SOP Class|Storage Commitment Pull Model SOP Class|r
~1.20.2.1|Well-known SOP Instance|Storage Commitment Pull Model SOP Instance|r
~1.40|SOP Class|Procedural Event Logging SOP Class|
~1.40.1|Well-known SOP Instance|Procedural Event Logging SOP Instance|
~1.42|SOP Class|Substance Administration Logging SOP Class|
~1.42.1|Well-known SOP Instance|Substance Administration Logging SOP Instance|
~2.6.1|DICOM UIDs as a Coding Scheme|DICOM UID Registry|
~2.16.4|Coding Scheme|DICOM Controlled Terminology|
~2.16.5|Coding Scheme|Adult Mouse Anatomy Ontology|
~2.16.6|Coding Scheme|Uberon Ontology|
~2.16.7|Coding Scheme|Integrated Taxonomic Information System (ITIS) Taxonomic Serial Number (TSN)|
~2.16.8|Coding Scheme|Mouse Genome Initiative (MGI)|
~2.16.9|Coding Scheme|PubChem Compound CID|
~2.16.10|Coding Scheme|Dublin Core|
~2.16.11|Coding Scheme|New York University Melanoma Clinical Cooperative Group|
~2.16.12|Coding Scheme|Mayo Clinic Non-radiological Images Specific Body Structure Anatomical Surface Region Guide|
~2.16.13|Coding Scheme|Image Biomarker Standardisation Initiative|
~2.16.14|Coding Scheme|Radiomics Ontology|
~2.16.15|Coding Scheme|RadElement|
~2.16.16|Coding Scheme|ICD-11|
~2.16.17|Coding Scheme|Unified numbering system (UNS) for metals and alloys|
~2.16.18|Coding Scheme|Research Resource Identification|
~3.1.1.1|Application Context Name|DICOM Application Context Name|
~3.1.2.1.1|SOP Class|Detached Patient Management SOP Class|r
~3.1.2.1.4|Meta SOP Class|Detached Patient Management Meta SOP Class|r
~3.1.2.2.1|SOP Class|Detached Visit Management SOP Class|r
~3.1.2.3.1|SOP Class|Detached Study Management SOP Class|r
~3.1.2.3.2|SOP Class|Study Component Management SOP Class|r
~3.1.2.3.3|SOP Class|Modality Performed Procedure Step SOP Class|
~3.1.2.3.4|SOP Class|Modality Performed Procedure Step Retrieve SOP Class|
~3.1.2.3.5|SOP Class|Modality Performed Procedure Step Notification SOP Class|
~3.1.2.5.1|SOP Class|Detached Results Management SOP Class|r
~3.1.2.5.4|Meta SOP Class|Detached Results Management Meta SOP Class|r
~3.1.2.5.5|Meta SOP Class|Detached Study Management Meta SOP Class|r
~3.1.2.6.1|SOP Class|Detached Interpretation Management SOP Class|r
~4.2|Service Class|Storage Service Class|
~5.1.1.1|SOP Class|Basic Film Session SOP Class|
~5.1.1.2|SOP Class|Basic Film Box SOP Class|
~5.1.1.4|SOP Class|Basic Grayscale Image Box SOP Class|
~5.1.1.4.1|SOP Class|Basic Color Image Box SOP Class|
~5.1.1.4.2|SOP Class|Referenced Image Box SOP Class|r
~5.1.1.9|Meta SOP Class|Basic Grayscale Print Management Meta SOP Class|
~5.1.1.9.1|Meta SOP Class|Referenced Grayscale Print Management Meta SOP Class|r
~5.1.1.14|SOP Class|Print Job SOP Class|
~5.1.1.15|SOP Class|Basic Annotation Box SOP Class|
~5.1.1.16|SOP Class|Printer SOP Class|
~5.1.1.16.376|SOP Class|Printer Configuration Retrieval SOP Class|
~5.1.1.17|Well-known SOP Instance|Printer SOP Instance|
~5.1.1.17.376|Well-known SOP Instance|Printer Configuration Retrieval SOP Instance|
~5.1.1.18|Meta SOP Class|Basic Color Print Management Meta SOP Class|
~5.1.1.18.1|Meta SOP Class|Referenced Color Print Management Meta SOP Class|r
~5.1.1.22|SOP Class|VOI LUT Box SOP Class|
~5.1.1.23|SOP Class|Presentation LUT SOP Class|
~5.1.1.24|SOP Class|Image Overlay Box SOP Class|r
~5.1.1.24.1|SOP Class|Basic Print Image Overlay Box SOP Class|r
~5.1.1.25|Well-known SOP Instance|Print Queue SOP Instance|r
~5.1.1.26|SOP Class|Print Queue Management SOP Class|r
~5.1.1.27|SOP Class|Stored Print Storage SOP Class|r
~5.1.1.29|SOP Class|Hardcopy Grayscale Image Storage SOP Class|r
~5.1.1.30|SOP Class|Hardcopy Color Image Storage SOP Class|r
~5.1.1.31|SOP Class|Pull Print Request SOP Class|r
~5.1.1.32|Meta SOP Class|Pull Stored Print Management Meta SOP Class|r
~5.1.1.33|SOP Class|Media Creation Management SOP Class UID|
~5.1.1.40|SOP Class|Display System SOP Class|
~5.1.1.40.1|Well-known SOP Instance|Display System SOP Instance|
~5.1.4.1.1.1|SOP Class|Computed Radiography Image Storage|
~5.1.4.1.1.1.1|SOP Class|Digital X-Ray Image Storage - For Presentation|
~5.1.4.1.1.1.1.1|SOP Class|Digital X-Ray Image Storage - For Processing|
~5.1.4.1.1.1.2|SOP Class|Digital Mammography X-Ray Image Storage - For Presentation|
~5.1.4.1.1.1.2.1|SOP Class|Digital Mammography X-Ray Image Storage - For Processing|
~5.1.4.1.1.1.3|SOP Class|Digital Intra-Oral X-Ray Image Storage - For Presentation|
~5.1.4.1.1.1.3.1|SOP Class|Digital Intra-Oral X-Ray Image Storage - For Processing|
~5.1.4.1.1.2|SOP Class|CT Image Storage|
~5.1.4.1.1.2.1|SOP Class|Enhanced CT Image Storage|
~5.1.4.1.1.2.2|SOP Class|Legacy Converted Enhanced CT Image Storage|
~5.1.4.1.1.3|SOP Class|Ultrasound Multi-frame Image Storage|r
~5.1.4.1.1.3.1|SOP Class|Ultrasound Multi-frame Image Storage|
~5.1.4.1.1.4|SOP Class|MR Image Storage|
~5.1.4.1.1.4.1|SOP Class|Enhanced MR Image Storage|
~5.1.4.1.1.4.2|SOP Class|MR Spectroscopy Storage|
~5.1.4.1.1.4.3|SOP Class|Enhanced MR Color Image Storage|
~5.1.4.1.1.4.4|SOP Class|Legacy Converted Enhanced MR Image Storage|
~5.1.4.1.1.5|SOP Class|Nuclear Medicine Image Storage|r
~5.1.4.1.1.6|SOP Class|Ultrasound Image Storage|r
~5.1.4.1.1.6.1|SOP Class|Ultrasound Image Storage|
~5.1.4.1.1.6.2|SOP Class|Enhanced US Volume Storage|
~5.1.4.1.1.6.3|SOP Class|Photoacoustic Image Storage|
~5.1.4.1.1.7|SOP Class|Secondary Capture Image Storage|
~5.1.4.1.1.7.1|SOP Class|Multi-frame Single Bit Secondary Capture Image Storage|
~5.1.4.1.1.7.2|SOP Class|Multi-frame Grayscale Byte Secondary Capture Image Storage|
~5.1.4.1.1.7.3|SOP Class|Multi-frame Grayscale Word Secondary Capture Image Storage|
~5.1.4.1.1.7.4|SOP Class|Multi-frame True Color Secondary Capture Image Storage|
~5.1.4.1.1.8|SOP Class|Standalone Overlay Storage|r
~5.1.4.1.1.9|SOP Class|Standalone Curve Storage|r
~5.1.4.1.1.9.1|SOP Class|Waveform Storage - Trial|r
~5.1.4.1.1.9.1.1|SOP Class|12-lead ECG Waveform Storage|
~5.1.4.1.1.9.1.2|SOP Class|General ECG Waveform Storage|
~5.1.4.1.1.9.1.3|SOP Class|Ambulatory ECG Waveform Storage|
~5.1.4.1.1.9.1.4|SOP Class|General 32-bit ECG Waveform Storage|
~5.1.4.1.1.9.2.1|SOP Class|Hemodynamic Waveform Storage|
~5.1.4.1.1.9.3.1|SOP Class|Cardiac Electrophysiology Waveform Storage|
~5.1.4.1.1.9.4.1|SOP Class|Basic Voice Audio Waveform Storage|
~5.1.4.1.1.9.4.2|SOP Class|General Audio Waveform Storage|
~5.1.4.1.1.9.5.1|SOP Class|Arterial Pulse Waveform Storage|
~5.1.4.1.1.9.6.1|SOP Class|Respiratory Waveform Storage|
~5.1.4.1.1.9.6.2|SOP Class|Multi-channel Respiratory Waveform Storage|
~5.1.4.1.1.9.7.1|SOP Class|Routine Scalp Electroencephalogram Waveform Storage|
~5.1.4.1.1.9.7.2|SOP Class|Electromyogram Waveform Storage|
~5.1.4.1.1.9.7.3|SOP Class|Electrooculogram Waveform Storage|
~5.1.4.1.1.9.7.4|SOP Class|Sleep Electroencephalogram Waveform Storage|
~5.1.4.1.1.9.8.1|SOP Class|Body Position Waveform Storage|
~5.1.4.1.1.10|SOP Class|Standalone Modality LUT Storage|r
~5.1.4.1.1.11|SOP Class|Standalone VOI LUT Storage|r
~5.1.4.1.1.11.1|SOP Class|Grayscale Softcopy Presentation State Storage|
~5.1.4.1.1.11.2|SOP Class|Color Softcopy Presentation State Storage|
~5.1.4.1.1.11.3|SOP Class|Pseudo-Color Softcopy Presentation State Storage|
~5.1.4.1.1.11.4|SOP Class|Blending Softcopy Presentation State Storage|
~5.1.4.1.1.11.5|SOP Class|XA/XRF Grayscale Softcopy Presentation State Storage|
~5.1.4.1.1.11.6|SOP Class|Grayscale Planar MPR Volumetric Presentation State Storage|
~5.1.4.1.1.11.7|SOP Class|Compositing Planar MPR Volumetric Presentation State Storage|
~5.1.4.1.1.11.8|SOP Class|Advanced Blending Presentation State Storage|
~5.1.4.1.1.11.9|SOP Class|Volume Rendering Volumetric Presentation State Storage|
~5.1.4.1.1.11.10|SOP Class|Segmented Volume Rendering Volumetric Presentation State Storage|
~5.1.4.1.1.11.11|SOP Class|Multiple Volume Rendering Volumetric Presentation State Storage|
~5.1.4.1.1.11.12|SOP Class|Variable Modality LUT Softcopy Presentation State Storage|
~5.1.4.1.1.12.1|SOP Class|X-Ray Angiographic Image Storage|
~5.1.4.1.1.12.1.1|SOP Class|Enhanced XA Image Storage|
~5.1.4.1.1.12.2|SOP Class|X-Ray Radiofluoroscopic Image Storage|
~5.1.4.1.1.12.2.1|SOP Class|Enhanced XRF Image Storage|
~5.1.4.1.1.12.3|SOP Class|X-Ray Angiographic Bi-Plane Image Storage|r
~5.1.4.1.1.12.77|SOP Class||r
~5.1.4.1.1.13.1.1|SOP Class|X-Ray 3D Angiographic Image Storage|
~5.1.4.1.1.13.1.2|SOP Class|X-Ray 3D Craniofacial Image Storage|
~5.1.4.1.1.13.1.3|SOP Class|Breast Tomosynthesis Image Storage|
~5.1.4.1.1.13.1.4|SOP Class|Breast Projection X-Ray Image Storage - For Presentation|
~5.1.4.1.1.13.1.5|SOP Class|Breast Projection X-Ray Image Storage - For Processing|
~5.1.4.1.1.14.1|SOP Class|Intravascular Optical Coherence Tomography Image Storage - For Presentation|
~5.1.4.1.1.14.2|SOP Class|Intravascular Optical Coherence Tomography Image Storage - For Processing|
~5.1.4.1.1.20|SOP Class|Nuclear Medicine Image Storage|
~5.1.4.1.1.30|SOP Class|Parametric Map Storage|
~5.1.4.1.1.40|SOP Class||r
~5.1.4.1.1.66|SOP Class|Raw Data Storage|
~5.1.4.1.1.66.1|SOP Class|Spatial Registration Storage|
~5.1.4.1.1.66.2|SOP Class|Spatial Fiducials Storage|
~5.1.4.1.1.66.3|SOP Class|Deformable Spatial Registration Storage|
~5.1.4.1.1.66.4|SOP Class|Segmentation Storage|
~5.1.4.1.1.66.5|SOP Class|Surface Segmentation Storage|
~5.1.4.1.1.66.6|SOP Class|Tractography Results Storage|
~5.1.4.1.1.67|SOP Class|Real World Value Mapping Storage|
~5.1.4.1.1.68.1|SOP Class|Surface Scan Mesh Storage|
~5.1.4.1.1.68.2|SOP Class|Surface Scan Point Cloud Storage|
~5.1.4.1.1.77.1|SOP Class|VL Image Storage - Trial|r
~5.1.4.1.1.77.2|SOP Class|VL Multi-frame Image Storage - Trial|r
~5.1.4.1.1.77.1.1|SOP Class|VL Endoscopic Image Storage|
~5.1.4.1.1.77.1.1.1|SOP Class|Video Endoscopic Image Storage|
~5.1.4.1.1.77.1.2|SOP Class|VL Microscopic Image Storage|
~5.1.4.1.1.77.1.2.1|SOP Class|Video Microscopic Image Storage|
~5.1.4.1.1.77.1.3|SOP Class|VL Slide-Coordinates Microscopic Image Storage|
~5.1.4.1.1.77.1.4|SOP Class|VL Photographic Image Storage|
~5.1.4.1.1.77.1.4.1|SOP Class|Video Photographic Image Storage|
~5.1.4.1.1.77.1.5.1|SOP Class|Ophthalmic Photography 8 Bit Image Storage|
~5.1.4.1.1.77.1.5.2|SOP Class|Ophthalmic Photography 16 Bit Image Storage|
~5.1.4.1.1.77.1.5.3|SOP Class|Stereometric Relationship Storage|
~5.1.4.1.1.77.1.5.4|SOP Class|Ophthalmic Tomography Image Storage|
~5.1.4.1.1.77.1.5.5|SOP Class|Wide Field Ophthalmic Photography Stereographic Projection Image Storage|
~5.1.4.1.1.77.1.5.6|SOP Class|Wide Field Ophthalmic Photography 3D Coordinates Image Storage|
~5.1.4.1.1.77.1.5.7|SOP Class|Ophthalmic Optical Coherence Tomography En Face Image Storage|
~5.1.4.1.1.77.1.5.8|SOP Class|Ophthalmic Optical Coherence Tomography B-scan Volume Analysis Storage|
~5.1.4.1.1.77.1.6|SOP Class|VL Whole Slide Microscopy Image Storage|
~5.1.4.1.1.77.1.7|SOP Class|Dermoscopic Photography Image Storage|
~5.1.4.1.1.77.1.8|SOP Class|Confocal Microscopy Image Storage|
~5.1.4.1.1.77.1.9|SOP Class|Confocal Microscopy Tiled Pyramidal Image Storage|
~5.1.4.1.1.78.1|SOP Class|Lensometry Measurements Storage|
~5.1.4.1.1.78.2|SOP Class|Autorefraction Measurements Storage|
~5.1.4.1.1.78.3|SOP Class|Keratometry Measurements Storage|
~5.1.4.1.1.78.4|SOP Class|Subjective Refraction Measurements Storage|
~5.1.4.1.1.78.5|SOP Class|Visual Acuity Measurements Storage|
~5.1.4.1.1.78.6|SOP Class|Spectacle Prescription Report Storage|
~5.1.4.1.1.78.7|SOP Class|Ophthalmic Axial Measurements Storage|
~5.1.4.1.1.78.8|SOP Class|Intraocular Lens Calculations Storage|
~5.1.4.1.1.79.1|SOP Class|Macular Grid Thickness and Volume Report Storage|
~5.1.4.1.1.80.1|SOP Class|Ophthalmic Visual Field Static Perimetry Measurements Storage|
~5.1.4.1.1.81.1|SOP Class|Ophthalmic Thickness Map Storage|
~5.1.4.1.1.82.1|SOP Class|Corneal Topography Map Storage|
~5.1.4.1.1.88.1|SOP Class|Text SR Storage - Trial|r
~5.1.4.1.1.88.2|SOP Class|Audio SR Storage - Trial|r
~5.1.4.1.1.88.3|SOP Class|Detail SR Storage - Trial|r
~5.1.4.1.1.88.4|SOP Class|Comprehensive SR Storage - Trial|r
~5.1.4.1.1.88.11|SOP Class|Basic Text SR Storage|
~5.1.4.1.1.88.22|SOP Class|Enhanced SR Storage|
~5.1.4.1.1.88.33|SOP Class|Comprehensive SR Storage|
~5.1.4.1.1.88.34|SOP Class|Comprehensive 3D SR Storage|
~5.1.4.1.1.88.35|SOP Class|Extensible SR Storage|
~5.1.4.1.1.88.40|SOP Class|Procedure Log Storage|
~5.1.4.1.1.88.50|SOP Class|Mammography CAD SR Storage|
~5.1.4.1.1.88.59|SOP Class|Key Object Selection Document Storage|
~5.1.4.1.1.88.65|SOP Class|Chest CAD SR Storage|
~5.1.4.1.1.88.67|SOP Class|X-Ray Radiation Dose SR Storage|
~5.1.4.1.1.88.68|SOP Class|Radiopharmaceutical Radiation Dose SR Storage|
~5.1.4.1.1.88.69|SOP Class|Colon CAD SR Storage|
~5.1.4.1.1.88.70|SOP Class|Implantation Plan SR Storage|
~5.1.4.1.1.88.71|SOP Class|Acquisition Context SR Storage|
~5.1.4.1.1.88.72|SOP Class|Simplified Adult Echo SR Storage|
~5.1.4.1.1.88.73|SOP Class|Patient Radiation Dose SR Storage|
~5.1.4.1.1.88.74|SOP Class|Planned Imaging Agent Administration SR Storage|
~5.1.4.1.1.88.75|SOP Class|Performed Imaging Agent Administration SR Storage|
~5.1.4.1.1.88.76|SOP Class|Enhanced X-Ray Radiation Dose SR Storage|
~5.1.4.1.1.88.77|SOP Class|Waveform Annotation SR Storage|
~5.1.4.1.1.90.1|SOP Class|Content Assessment Results Storage|
~5.1.4.1.1.91.1|SOP Class|Microscopy Bulk Simple Annotations Storage|
~5.1.4.1.1.104.1|SOP Class|Encapsulated PDF Storage|
~5.1.4.1.1.104.2|SOP Class|Encapsulated CDA Storage|
~5.1.4.1.1.104.3|SOP Class|Encapsulated STL Storage|
~5.1.4.1.1.104.4|SOP Class|Encapsulated OBJ Storage|
~5.1.4.1.1.104.5|SOP Class|Encapsulated MTL Storage|
~5.1.4.1.1.128|SOP Class|Positron Emission Tomography Image Storage|
~5.1.4.1.1.128.1|SOP Class|Legacy Converted Enhanced PET Image Storage|
~5.1.4.1.1.129|SOP Class|Standalone PET Curve Storage|r
~5.1.4.1.1.130|SOP Class|Enhanced PET Image Storage|
~5.1.4.1.1.131|SOP Class|Basic Structured Display Storage|
~5.1.4.1.1.200.1|SOP Class|CT Defined Procedure Protocol Storage|
~5.1.4.1.1.200.2|SOP Class|CT Performed Procedure Protocol Storage|
~5.1.4.1.1.200.3|SOP Class|Protocol Approval Storage|
~5.1.4.1.1.200.4|SOP Class|Protocol Approval Information Model - FIND|
~5.1.4.1.1.200.5|SOP Class|Protocol Approval Information Model - MOVE|
~5.1.4.1.1.200.6|SOP Class|Protocol Approval Information Model - GET|
~5.1.4.1.1.200.7|SOP Class|XA Defined Procedure Protocol Storage|
~5.1.4.1.1.200.8|SOP Class|XA Performed Procedure Protocol Storage|
~5.1.4.1.1.201.1|SOP Class|Inventory Storage|
~5.1.4.1.1.201.2|SOP Class|Inventory - FIND|
~5.1.4.1.1.201.3|SOP Class|Inventory - MOVE|
~5.1.4.1.1.201.4|SOP Class|Inventory - GET|
~5.1.4.1.1.201.5|SOP Class|Inventory Creation|
~5.1.4.1.1.201.6|SOP Class|Repository Query|
~5.1.4.1.1.201.1.1|Well-known SOP Instance|Storage Management SOP Instance|
~5.1.4.1.1.481.1|SOP Class|RT Image Storage|
~5.1.4.1.1.481.2|SOP Class|RT Dose Storage|
~5.1.4.1.1.481.3|SOP Class|RT Structure Set Storage|
~5.1.4.1.1.481.4|SOP Class|RT Beams Treatment Record Storage|
~5.1.4.1.1.481.5|SOP Class|RT Plan Storage|
~5.1.4.1.1.481.6|SOP Class|RT Brachy Treatment Record Storage|
~5.1.4.1.1.481.7|SOP Class|RT Treatment Summary Record Storage|
~5.1.4.1.1.481.8|SOP Class|RT Ion Plan Storage|
~5.1.4.1.1.481.9|SOP Class|RT Ion Beams Treatment Record Storage|
~5.1.4.1.1.481.10|SOP Class|RT Physician Intent Storage|
~5.1.4.1.1.481.11|SOP Class|RT Segment Annotation Storage|
~5.1.4.1.1.481.12|SOP Class|RT Radiation Set Storage|
~5.1.4.1.1.481.13|SOP Class|C-Arm Photon-Electron Radiation Storage|
~5.1.4.1.1.481.14|SOP Class|Tomotherapeutic Radiation Storage|
~5.1.4.1.1.481.15|SOP Class|Robotic-Arm Radiation Storage|
~5.1.4.1.1.481.16|SOP Class|RT Radiation Record Set Storage|
~5.1.4.1.1.481.17|SOP Class|RT Radiation Salvage Record Storage|
~5.1.4.1.1.481.18|SOP Class|Tomotherapeutic Radiation Record Storage|
~5.1.4.1.1.481.19|SOP Class|C-Arm Photon-Electron Radiation Record Storage|
~5.1.4.1.1.481.20|SOP Class|Robotic Radiation Record Storage|
~5.1.4.1.1.481.21|SOP Class|RT Radiation Set Delivery Instruction Storage|
~5.1.4.1.1.481.22|SOP Class|RT Treatment Preparation Storage|
~5.1.4.1.1.481.23|SOP Class|Enhanced RT Image Storage|
~5.1.4.1.1.481.24|SOP Class|Enhanced Continuous RT Image Storage|
~5.1.4.1.1.481.25|SOP Class|RT Patient Position Acquisition Instruction Storage|
~5.1.4.1.1.501.1|SOP Class|DICOS CT Image Storage|
~5.1.4.1.1.501.2.1|SOP Class|DICOS Digital X-Ray Image Storage - For Presentation|
~5.1.4.1.1.501.2.2|SOP Class|DICOS Digital X-Ray Image Storage - For Processing|
~5.1.4.1.1.501.3|SOP Class|DICOS Threat Detection Report Storage|
~5.1.4.1.1.501.4|SOP Class|DICOS 2D AIT Storage|
~5.1.4.1.1.501.5|SOP Class|DICOS 3D AIT Storage|
~5.1.4.1.1.501.6|SOP Class|DICOS Quadrupole Resonance (QR) Storage|
~5.1.4.1.1.601.1|SOP Class|Eddy Current Image Storage|
~5.1.4.1.1.601.2|SOP Class|Eddy Current Multi-frame Image Storage|
~5.1.4.1.2.1.1|SOP Class|Patient Root Query/Retrieve Information Model - FIND|
~5.1.4.1.2.1.2|SOP Class|Patient Root Query/Retrieve Information Model - MOVE|
~5.1.4.1.2.1.3|SOP Class|Patient Root Query/Retrieve Information Model - GET|
~5.1.4.1.2.2.1|SOP Class|Study Root Query/Retrieve Information Model - FIND|
~5.1.4.1.2.2.2|SOP Class|Study Root Query/Retrieve Information Model - MOVE|
~5.1.4.1.2.2.3|SOP Class|Study Root Query/Retrieve Information Model - GET|
~5.1.4.1.2.3.1|SOP Class|Patient/Study Only Query/Retrieve Information Model - FIND|r
~5.1.4.1.2.3.2|SOP Class|Patient/Study Only Query/Retrieve Information Model - MOVE|r
~5.1.4.1.2.3.3|SOP Class|Patient/Study Only Query/Retrieve Information Model - GET|r
~5.1.4.1.2.4.2|SOP Class|Composite Instance Root Retrieve - MOVE|
~5.1.4.1.2.4.3|SOP Class|Composite Instance Root Retrieve - GET|
~5.1.4.1.2.5.3|SOP Class|Composite Instance Retrieve Without Bulk Data - GET|
~5.1.4.20.1|SOP Class|Defined Procedure Protocol Information Model - FIND|
~5.1.4.20.2|SOP Class|Defined Procedure Protocol Information Model - MOVE|
~5.1.4.20.3|SOP Class|Defined Procedure Protocol Information Model - GET|
~5.1.4.31|SOP Class|Modality Worklist Information Model - FIND|
~5.1.4.32|Meta SOP Class|General Purpose Worklist Management Meta SOP Class|r
~5.1.4.32.1|SOP Class|General Purpose Worklist Information Model - FIND|r
~5.1.4.32.2|SOP Class|General Purpose Scheduled Procedure Step SOP Class|r
~5.1.4.32.3|SOP Class|General Purpose Performed Procedure Step SOP Class|r
~5.1.4.33|SOP Class|Instance Availability Notification SOP Class|
~5.1.4.34.1|SOP Class|RT Beams Delivery Instruction Storage - Trial|r
~5.1.4.34.2|SOP Class|RT Conventional Machine Verification - Trial|r
~5.1.4.34.3|SOP Class|RT Ion Machine Verification - Trial|r
~5.1.4.34.4|Service Class|Unified Worklist and Procedure Step Service Class - Trial|r
~5.1.4.34.4.1|SOP Class|Unified Procedure Step - Push SOP Class - Trial|r
~5.1.4.34.4.2|SOP Class|Unified Procedure Step - Watch SOP Class - Trial|r
~5.1.4.34.4.3|SOP Class|Unified Procedure Step - Pull SOP Class - Trial|r
~5.1.4.34.4.4|SOP Class|Unified Procedure Step - Event SOP Class - Trial|r
~5.1.4.34.5|Well-known SOP Instance|UPS Global Subscription SOP Instance|
~5.1.4.34.5.1|Well-known SOP Instance|UPS Filtered Global Subscription SOP Instance|
~5.1.4.34.6|Service Class|Unified Worklist and Procedure Step Service Class|
~5.1.4.34.6.1|SOP Class|Unified Procedure Step - Push SOP Class|
~5.1.4.34.6.2|SOP Class|Unified Procedure Step - Watch SOP Class|
~5.1.4.34.6.3|SOP Class|Unified Procedure Step - Pull SOP Class|
~5.1.4.34.6.4|SOP Class|Unified Procedure Step - Event SOP Class|
~5.1.4.34.6.5|SOP Class|Unified Procedure Step - Query SOP Class|
~5.1.4.34.7|SOP Class|RT Beams Delivery Instruction Storage|
~5.1.4.34.8|SOP Class|RT Conventional Machine Verification|
~5.1.4.34.9|SOP Class|RT Ion Machine Verification|
~5.1.4.34.10|SOP Class|RT Brachy Application Setup Delivery Instruction Storage|
~5.1.4.37.1|SOP Class|General Relevant Patient Information Query|
~5.1.4.37.2|SOP Class|Breast Imaging Relevant Patient Information Query|
~5.1.4.37.3|SOP Class|Cardiac Relevant Patient Information Query|
~5.1.4.38.1|SOP Class|Hanging Protocol Storage|
~5.1.4.38.2|SOP Class|Hanging Protocol Information Model - FIND|
~5.1.4.38.3|SOP Class|Hanging Protocol Information Model - MOVE|
~5.1.4.38.4|SOP Class|Hanging Protocol Information Model - GET|
~5.1.4.39.1|SOP Class|Color Palette Storage|
~5.1.4.39.2|SOP Class|Color Palette Query/Retrieve Information Model - FIND|
~5.1.4.39.3|SOP Class|Color Palette Query/Retrieve Information Model - MOVE|
~5.1.4.39.4|SOP Class|Color Palette Query/Retrieve Information Model - GET|
~5.1.4.41|SOP Class|Product Characteristics Query SOP Class|
~5.1.4.42|SOP Class|Substance Approval Query SOP Class|
~5.1.4.43.1|SOP Class|Generic Implant Template Storage|
~5.1.4.43.2|SOP Class|Generic Implant Template Information Model - FIND|
~5.1.4.43.3|SOP Class|Generic Implant Template Information Model - MOVE|
~5.1.4.43.4|SOP Class|Generic Implant Template Information Model - GET|
~5.1.4.44.1|SOP Class|Implant Assembly Template Storage|
~5.1.4.44.2|SOP Class|Implant Assembly Template Information Model - FIND|
~5.1.4.44.3|SOP Class|Implant Assembly Template Information Model - MOVE|
~5.1.4.44.4|SOP Class|Implant Assembly Template Information Model - GET|
~5.1.4.45.1|SOP Class|Implant Template Group Storage|
~5.1.4.45.2|SOP Class|Implant Template Group Information Model - FIND|
~5.1.4.45.3|SOP Class|Implant Template Group Information Model - MOVE|
~5.1.4.45.4|SOP Class|Implant Template Group Information Model - GET|
~7.1.1|Application Hosting Model|Native DICOM Model|
~7.1.2|Application Hosting Model|Abstract Multi-Dimensional Image Model|
~8.1.1|Mapping Resource|DICOM Content Mapping Resource|
~10.1|SOP Class|Video Endoscopic Image Real-Time Communication|
~10.2|SOP Class|Video Photographic Image Real-Time Communication|
~10.3|SOP Class|Audio Waveform Real-Time Communication|
~10.4|SOP Class|Rendition Selection Document Real-Time Communication|
~15.0.3.1|LDAP OID|dicomDeviceName|
~15.0.3.2|LDAP OID|dicomDescription|
~15.0.3.3|LDAP OID|dicomManufacturer|
~15.0.3.4|LDAP OID|dicomManufacturerModelName|
~15.0.3.5|LDAP OID|dicomSoftwareVersion|
~15.0.3.6|LDAP OID|dicomVendorData|
~15.0.3.7|LDAP OID|dicomAETitle|
~15.0.3.8|LDAP OID|dicomNetworkConnectionReference|
~15.0.3.9|LDAP OID|dicomApplicationCluster|
~15.0.3.10|LDAP OID|dicomAssociationInitiator|
~15.0.3.11|LDAP OID|dicomAssociationAcceptor|
~15.0.3.12|LDAP OID|dicomHostname|
~15.0.3.13|LDAP OID|dicomPort|
~15.0.3.14|LDAP OID|dicomSOPClass|
~15.0.3.15|LDAP OID|dicomTransferRole|
~15.0.3.16|LDAP OID|dicomTransferSyntax|
~15.0.3.17|LDAP OID|dicomPrimaryDeviceType|
~15.0.3.18|LDAP OID|dicomRelatedDeviceReference|
~15.0.3.19|LDAP OID|dicomPreferredCalledAETitle|
~15.0.3.20|LDAP OID|dicomTLSCyphersuite|
~15.0.3.21|LDAP OID|dicomAuthorizedNodeCertificateReference|
~15.0.3.22|LDAP OID|dicomThisNodeCertificateReference|
~15.0.3.23|LDAP OID|dicomInstalled|
~15.0.3.24|LDAP OID|dicomStationName|
~15.0.3.25|LDAP OID|dicomDeviceSerialNumber|
~15.0.3.26|LDAP OID|dicomInstitutionName|
~15.0.3.27|LDAP OID|dicomInstitutionAddress|
~15.0.3.28|LDAP OID|dicomInstitutionDepartmentName|
~15.0.3.29|LDAP OID|dicomIssuerOfPatientID|
~15.0.3.30|LDAP OID|dicomPreferredCallingAETitle|
~15.0.3.31|LDAP OID|dicomSupportedCharacterSet|
~15.0.4.1|LDAP OID|dicomConfigurationRoot|
~15.0.4.2|LDAP OID|dicomDevicesRoot|
~15.0.4.3|LDAP OID|dicomUniqueAETitlesRegistryRoot|
~15.0.4.4|LDAP OID|dicomDevice|
~15.0.4.5|LDAP OID|dicomNetworkAE|
~15.0.4.6|LDAP OID|dicomNetworkConnection|
~15.0.4.7|LDAP OID|dicomUniqueAETitle|
~15.0.4.8|LDAP OID|dicomTransferCapability|
~15.1.1|Synchronization Frame of Reference|Universal Coordinated Time|
~1.4.1.1|Well-known frame of reference|Talairach Brain Atlas Frame of Reference|
~1.4.1.2|Well-known frame of reference|SPM2 T1 Frame of Reference|
~1.4.1.3|Well-known frame of reference|SPM2 T2 Frame of Reference|
~1.4.1.4|Well-known frame of reference|SPM2 PD Frame of Reference|
~1.4.1.5|Well-known frame of reference|SPM2 EPI Frame of Reference|
~1.4.1.6|Well-known frame of reference|SPM2 FIL T1 Frame of Reference|
~1.4.1.7|Well-known frame of reference|SPM2 PET Frame of Reference|
~1.4.1.8|Well-known frame of reference|SPM2 TRANSM Frame of Reference|
~1.4.1.9|Well-known frame of reference|SPM2 SPECT Frame of Reference|
~1.4.1.10|Well-known frame of reference|SPM2 GRAY Frame of Reference|
~1.4.1.11|Well-known frame of reference|SPM2 WHITE Frame of Reference|
~1.4.1.12|Well-known frame of reference|SPM2 CSF Frame of Reference|
~1.4.1.13|Well-known frame of reference|SPM2 BRAINMASK Frame of Reference|
~1.4.1.14|Well-known frame of reference|SPM2 AVG305T1 Frame of Reference|
~1.4.1.15|Well-known frame of reference|SPM2 AVG152T1 Frame of Reference|
~1.4.1.16|Well-known frame of reference|SPM2 AVG152T2 Frame of Reference|
~1.4.1.17|Well-known frame of reference|SPM2 AVG152PD Frame of Reference|
~1.4.1.18|Well-known frame of reference|SPM2 SINGLESUBJT1 Frame of Reference|
~1.4.2.1|Well-known frame of reference|ICBM 452 T1 Frame of Reference|
~1.4.2.2|Well-known frame of reference|ICBM Single Subject MRI Frame of Reference|
~1.4.3.1|Well-known frame of reference|IEC 61217 Fixed Coordinate System Frame of Reference|
~1.4.3.2|Well-known frame of reference|Standard Robotic-Arm Coordinate System Frame of Reference|
~1.4.3.3|Well-known frame of reference|IEC 61217 Table Top Coordinate System Frame of Reference|
~1.4.4.1|Well-known frame of reference|SRI24 Frame of Reference|
~1.4.5.1|Well-known frame of reference|Colin27 Frame of Reference|
~1.4.6.1|Well-known frame of reference|LPBA40/AIR Frame of Reference|
~1.4.6.2|Well-known frame of reference|LPBA40/FLIRT Frame of Reference|
~1.4.6.3|Well-known frame of reference|LPBA40/SPM5 Frame of Reference|`
