/** The pages of this application that the router goes between. */
export const routerPages = { account: "/attacks/residue/account", left: "/attacks/residue/left" } as const;
