/** What is said where a script did not come. A browser tries again only when the page is loaded anew. */
export const CUT_OFF = 'This did not come. Check the connection and load the page again.';
