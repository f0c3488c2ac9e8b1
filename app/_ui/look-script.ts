/** The localStorage keys of the reader's theme and size. */
export const themeKey = "loginscope theme";
export const sizeKey = "loginscope size";

/** Runs before the first paint and sets the reader's theme and size, so that no other theme flashes. */
export const applyLook = `(function(){try{var r=document.documentElement,t=localStorage.getItem("${themeKey}"),s=localStorage.getItem("${sizeKey}");if(t==="light"||t==="dark")r.setAttribute("data-theme",t);if(s==="room")r.setAttribute("data-size",s)}catch(e){}})()`;
