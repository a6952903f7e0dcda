import { driverContract } from '../contract.ts';
import { testDriver } from '../testing.ts';

driverContract(() => testDriver('contract'));
