import { type CodeList, checkedOn } from './reference.ts';

/** Kinds of device identifier that an order against a drug dealing line may name. */
export const deviceIdentifierTypes: CodeList = {
  title: 'Device identifier',
  source: 'SI 2017/1240 reg 2',
  checked: checkedOn,
  confidence: 'stated',
  codes: [
    { code: 'IMEI', label: 'IMEI', also: ['imeisv', 'handset'] },
    { code: 'MEID', label: 'MEID' },
    { code: 'ESN', label: 'ESN' },
    { code: 'MSISDN', label: 'MSISDN (phone number)', also: ['phone number', 'number', 'telephone number'] },
    { code: 'ICCID', label: 'ICCID (SIM card)', also: ['sim', 'sim number', 'sim card'] },
    { code: 'IMSI', label: 'IMSI' },
    { code: 'MIN', label: 'MIN or MSIN', also: ['msin'] },
    { code: 'MAC', label: 'MAC address', also: ['mac'] },
    { code: 'UDID', label: 'UDID' },
    { code: 'ANDROID_ID', label: 'Android ID' },
    { code: 'OTHER', label: 'Other serial number', also: ['serial', 'serial number', 'other'] },
  ],
};
