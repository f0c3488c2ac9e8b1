/** Where the reader's theme and size are remembered; no credential ever is. */
export const themeKey = "loginscope theme";
export const sizeKey = "loginscope size";

/** Runs before the first paint: the reader's own theme and size, without a flash of another. */
export const applyLook = `(function(){try{var r=document.documentElement,t=localStorage.getItem("${themeKey}"),s=localStorage.getItem("${sizeKey}");if(t==="light"||t==="dark")r.setAttribute("data-theme",t);if(s==="room")r.setAttribute("data-size",s)}catch(e){}})()`;
