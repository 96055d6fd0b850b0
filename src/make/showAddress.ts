/** Shows an address in a frame; not by the frame's attribute, which would put each into the page's history. */
export function showAddress(frame: HTMLIFrameElement, address: string): void {
	if (frame.src) frame.contentWindow?.location.replace(address);
	else frame.src = address;
}
