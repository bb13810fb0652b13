import { transportCases } from './transportCases';

describe('on the current n8n', transportCases);
