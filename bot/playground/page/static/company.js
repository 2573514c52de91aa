/** The fictional company's titles and topics, which it writes in English, in the reader's language. */
import { N_, t } from './i18n.js';

const WRITTEN = new Set([
  N_('Reception, Warsaw'),
  N_('Account manager'),
  N_('Key accounts, export'),
  N_('Chief accountant'),
  N_('Accountant'),
  N_('Debt collection'),
  N_('IT support'),
  N_('Warehouse and shipping'),
  N_('HR and payroll'),
  N_('Payroll'),
  N_('Legal counsel'),
  N_('Orders and customer records'),
  N_('Managing director'),
  N_('Temporary help (guest)'),
  N_('Everybody'),
  N_('Reception and customers at the door'),
  N_('Offers, customers, who owes what'),
  N_('Write here what you need from the back office'),
  N_('Accounting: invoices, statements'),
  N_('Payments and debt collection'),
  N_('IT and equipment'),
  N_('Warehouse, stock, shipping'),
  N_('Contracts and claims'),
  N_('Orders'),
  N_('Archive and data entry'),
  N_('Customer records'),
  N_('HR: recruitment, contracts'),
  N_('Payroll and personnel files'),
]);

/** A title or topic of the company's; what somebody typed stays as it is. */
export const ofCompany = (text) => (WRITTEN.has(text) ? t(text) : text);
