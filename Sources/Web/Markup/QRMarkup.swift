import Pictures

/// A QR code as a picture, and the same text beside it for whoever has no camera; the text alone where it is too long.
///
/// `isTold`: the text stands under it.
func qrCode(_ text: String, title: String, isTold: Bool = true) -> Markup {
    guard let code = QRCode(text) else { return tag("code") { text } }
    let side = String(code.side)
    return tag("figure", ["class": "qr"]) {
        tag(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(side) \(side)", "width": "232",
                "height": "232",
                "role": "img", "aria-label": title,
            ]
        ) {
            // Light under the modules also where the page is dark: cameras look for dark on light.
            tag("path", ["d": "M0 0h\(side)v\(side)h-\(side)z", "fill": "#fff"])
            tag("path", ["d": code.path, "fill": "#000", "shape-rendering": "crispEdges"])
        }
        if isTold { tag("figcaption") { tag("code") { text } } }
    }
}
