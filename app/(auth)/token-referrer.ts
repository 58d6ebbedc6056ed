/**
 * For a page whose address holds a token: what is asked for from it learns at most the name of the site. Not
 * `no-referrer`: a form that is sent before hydration would come from nowhere (`Origin: null`), and is refused then.
 */
export const tokenReferrer = "strict-origin";
