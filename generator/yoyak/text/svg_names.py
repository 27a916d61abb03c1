"""The elements, attributes and namespaces that plain drawings use (SVG 2, SVG 1.1, Filter Effects)."""

from __future__ import annotations

import re

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
DRAWING = frozenset(
    """svg g defs symbol use path rect circle ellipse line polyline polygon text tspan tref textPath title desc metadata
    linearGradient radialGradient stop pattern clipPath mask marker filter image switch view a style solidColor
    feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
    feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode
    feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
    font glyph missing-glyph hkern vkern font-face font-face-src font-face-name color-profile""".split()
)
_TEXTS = frozenset(
    """id class role lang name title label alt content xmlns version baseProfile systemLanguage requiredFeatures
    type unicode glyph-name inkscape media tabindex target rel download hreflang contentStyleType
    contentScriptType zoomAndPan content-type desc""".split()
)
"""Attributes whose value is a name, a number or a text for people: no browser takes it for a style or an address."""
_DRAWN = frozenset(
    """x y z x1 y1 x2 y2 cx cy r rx ry fx fy fr d points width height viewBox preserveAspectRatio transform dx dy rotate
    pathLength textLength lengthAdjust startOffset method spacing side offset gradientUnits gradientTransform
    spreadMethod patternUnits patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits
    markerUnits markerWidth markerHeight refX refY orient filterUnits primitiveUnits filterRes in in2 result mode
    values tableValues slope intercept amplitude exponent operator k1 k2 k3 k4 order kernelMatrix divisor bias targetX
    targetY edgeMode preserveAlpha kernelUnitLength surfaceScale diffuseConstant specularConstant specularExponent
    limitingConeAngle pointsAtX pointsAtY pointsAtZ azimuth elevation scale xChannelSelector yChannelSelector
    stdDeviation radius baseFrequency numOctaves seed stitchTiles enable-background style
    alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation color-interpolation-filters
    color-profile color-rendering cursor direction display dominant-baseline fill fill-opacity fill-rule filter
    flood-color flood-opacity font font-family font-size font-size-adjust font-stretch font-style font-variant
    font-weight glyph-orientation-horizontal glyph-orientation-vertical image-rendering isolation kerning
    letter-spacing lighting-color line-height marker marker-start marker-mid marker-end mask mask-type
    mix-blend-mode opacity overflow paint-order pointer-events shape-rendering stop-color stop-opacity stroke
    stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
    text-anchor text-decoration text-rendering text-overflow transform-box transform-origin unicode-bidi vector-effect
    visibility white-space word-spacing writing-mode shape-inside inline-size
    horiz-adv-x horiz-origin-x units-per-em ascent descent cap-height x-height unicode-range panose-1 bbox
    underline-position underline-thickness g1 g2 u1 u2 k""".split()
)
_PLAIN = re.compile(r"[\w\s.,;%+*#()-]*")
"""A value in which no address can be."""

LINK = re.compile(r"\s*(?:$|#|https?://|mailto:)", re.IGNORECASE)
LOCAL = re.compile(r"\s*(?:#|data:image/(?:png|jpe?g|gif|webp);base64,)", re.IGNORECASE)
_OF_LIVING = re.compile(r"https?://(?:www\.)?(?:w3\.org|mozilla\.org)/|urn:mozilla|javascript|http://icl\.com/saxon")
_RDF = ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#")


def is_living(space: str) -> bool:
    """Tell whether browsers may know a namespace other than that of SVG. Those of editors they do not."""
    return bool(_OF_LIVING.match(space)) and space not in _RDF


def is_text(attribute: str) -> bool:
    """Tell whether an attribute without a namespace has a value that is only read by people and selectors."""
    return attribute in _TEXTS or attribute.startswith(("data-", "aria-"))


def is_drawn(attribute: str) -> bool:
    """Tell whether an attribute draws: its value is a style or part of one."""
    return attribute in _DRAWN


def is_plain(value: str) -> bool:
    """Tell whether the value of an attribute that is not known surely does nothing."""
    return _PLAIN.fullmatch(value) is not None and "url" not in value.lower()
