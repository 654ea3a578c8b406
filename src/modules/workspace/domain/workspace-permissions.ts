/** What somebody may do beyond keeping views and preferences of one's own, which everybody may who is signed in. */
export const SHARE_VIEWS = 'workspace.saved-view.share'
export const MANAGE_VIEWS = 'workspace.saved-view.manage'
