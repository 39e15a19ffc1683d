/// The style of all pages and drawings.
///
/// Text has a contrast of 4.5:1 and more in both themes, lines and marks 3:1. The champion's blue and the shadow's
/// orange are told apart by all kinds of colour vision, and never by colour alone.
package enum Stylesheet {
    package static let page = colours + base + frame + parts + figure + chart + narrow + print

    /// For a drawing that stands alone, also where variables are not known.
    package static let drawing =
        "svg{font-family:system-ui,sans-serif}\n" + resolved(chart + file, \.light)
        + "@media (prefers-color-scheme:dark){\n" + resolved(chart + file, \.dark) + "}\n"

    private static let file = ".page{fill:var(--page)}\n"

    private struct Colour {
        var name: String
        var light: String
        var dark: String

        init(_ name: String, _ light: String, _ dark: String) {
            self.name = name
            self.light = light
            self.dark = dark
        }
    }

    private static let palette = [
        Colour("page", "#fbfbfa", "#121518"), Colour("surface", "#fff", "#191d21"),
        Colour("ink", "#1b1f24", "#e7eaed"), Colour("soft", "#59626c", "#a5afba"),
        Colour("line", "#dde1e6", "#343b43"), Colour("grid", "#e9ecef", "#262c32"),
        Colour("link", "#0b5cad", "#86bbf6"), Colour("a", "#0b62a4", "#7cbaf4"),
        Colour("b", "#b3470a", "#f2a663"), Colour("c", "#5b4aa0", "#b7a6f5"),
        Colour("d", "#00705a", "#5fcfae"), Colour("good", "#19693c", "#76d19c"),
        Colour("warn", "#7d5200", "#e9bd5b"), Colour("bad", "#ad2118", "#ff9087"),
        Colour("good-bg", "#e8f4ec", "#17291f"), Colour("warn-bg", "#fbf1dc", "#2c2512"),
        Colour("bad-bg", "#fcebe9", "#321a18"), Colour("shade", "#eef1f4", "#22282e"),
        Colour("bar", "#c3cfdb", "#44505c"), Colour("hatch", "#9aa5b1", "#66717c"),
    ]

    private static var colours: String {
        func variables(_ theme: KeyPath<Colour, String>) -> String {
            palette.map { "--\($0.name):\($0[keyPath: theme])" }.joined(separator: ";")
        }
        return """
            :root{color-scheme:light dark;\(variables(\.light))}
            @media (prefers-color-scheme:dark){:root{\(variables(\.dark))}}

            """
    }

    /// Rules with the colours of a theme in place of their names.
    private static func resolved(_ rules: String, _ theme: KeyPath<Colour, String>) -> String {
        palette.reduce(rules) {
            $0.replacing("var(--\($1.name))", with: $1[keyPath: theme])
        }
    }

    private static let base = """
        *,::before,::after{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,-apple-system,\
        "Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
        a{color:var(--link);text-underline-offset:.18em}
        a:hover{text-decoration-thickness:2px}
        :focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:3px}
        main:focus{outline:none}
        h1,h2,h3{line-height:1.25;letter-spacing:-.01em;text-wrap:balance}
        h1,h2{overflow-wrap:anywhere}
        h1{font-size:1.75rem;font-weight:650;margin:0 0 .25rem}
        h2{font-size:1.25rem;font-weight:620;margin:2.75rem 0 .5rem}
        h3{font-size:1rem;font-weight:620;margin:1.5rem 0 .25rem}
        p{margin:.5rem 0;max-width:46rem}
        code,pre{font:.9em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
        pre{background:var(--shade);padding:.75rem 1rem;border-radius:8px;white-space:pre-wrap;\
        overflow-wrap:anywhere}
        ul.reasons{padding-left:1.2rem;max-width:46rem}
        ul.reasons li{margin:.3rem 0}
        .soft{color:var(--soft)}
        .small{font-size:.875rem}

        """

    private static let frame = """
        .skip{position:absolute;left:-999rem}
        .skip:focus{left:1rem;top:.5rem;z-index:2;background:var(--surface);padding:.5rem 1rem}
        .banner{background:var(--surface);border-bottom:1px solid var(--line)}
        .bar,.tabs ul,main,.foot{max-width:68rem;margin:0 auto;padding-left:1.25rem;\
        padding-right:1.25rem}
        .bar{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem 1rem;min-height:3.25rem}
        .brand{display:inline-flex;align-items:center;gap:.5rem;font-weight:650;color:var(--ink);\
        text-decoration:none}
        .mark{color:var(--link)}
        .way ol{display:flex;flex-wrap:wrap;list-style:none;margin:0;padding:0;gap:.5rem}
        .way li::before{content:"/";color:var(--soft);margin-right:.5rem}
        .way a{color:var(--ink);text-decoration:none}
        .way a:hover{text-decoration:underline}
        .end{margin-left:auto}
        .tabs{background:var(--surface);border-bottom:1px solid var(--line)}
        .tabs ul{list-style:none;display:flex;flex-wrap:wrap;gap:0 1.5rem;margin:0 auto}
        .tabs a{display:block;padding:.6rem 0;color:var(--soft);text-decoration:none;\
        border-bottom:3px solid transparent}
        .tabs a:hover{color:var(--ink)}
        .tabs a[aria-current]{color:var(--ink);font-weight:600;border-color:var(--link)}
        main{padding-top:1.75rem;padding-bottom:3rem;min-height:60vh}
        .foot{border-top:1px solid var(--line);padding-top:1rem;padding-bottom:2rem;\
        color:var(--soft);font-size:.875rem}
        .lead{color:var(--soft);margin:0 0 1.25rem}
        .notice{background:var(--warn-bg);border-left:4px solid var(--warn);border-radius:0 8px 8px 0;\
        padding:.75rem 1rem;margin:0 0 1.5rem}
        .notice p{margin:0}

        """

    private static let parts = """
        .scroll{overflow-x:auto;border-radius:8px}
        table{border-collapse:collapse;width:100%;font-size:.9375rem}
        caption{text-align:left;color:var(--soft);font-size:.875rem;padding:.25rem 0 .5rem}
        th,td{padding:.45rem .9rem .45rem 0;text-align:left;vertical-align:top;\
        border-bottom:1px solid var(--line)}
        thead th{color:var(--soft);font-weight:550;font-size:.8125rem;white-space:nowrap;\
        vertical-align:bottom}
        thead bdi{display:inline-block;width:max-content;max-width:11rem;white-space:normal;\
        overflow-wrap:anywhere}
        tbody th{font-weight:500}
        td time,th time{white-space:nowrap}
        .n{text-align:right;white-space:nowrap}
        td.n:last-child,th.n:last-child{padding-right:.25rem}
        tbody tr:last-child>*{border-bottom:0}
        .whole{white-space:nowrap}
        .in{color:var(--soft);font-size:.875em;white-space:nowrap}
        .badge{display:inline-flex;gap:.4em;align-items:baseline;padding:.1rem .6rem;\
        border-radius:999px;font-size:.875rem;font-weight:600;white-space:nowrap;\
        background:var(--shade);color:var(--ink)}
        .badge.good{background:var(--good-bg);color:var(--good)}
        .badge.warn{background:var(--warn-bg);color:var(--warn)}
        .badge.bad{background:var(--bad-bg);color:var(--bad)}
        .verdict{background:var(--surface);border:1px solid var(--line);border-left-width:5px;\
        border-radius:10px;padding:1rem 1.25rem;margin:1rem 0 1.5rem}
        .verdict.good{border-left-color:var(--good)}
        .verdict.warn{border-left-color:var(--warn)}
        .verdict.bad{border-left-color:var(--bad)}
        .verdict h2,.verdict h3{margin:0 0 .25rem;font-size:1.25rem}
        .verdict p{margin:.25rem 0}
        .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));\
        background:var(--surface);border:1px solid var(--line);border-radius:10px;overflow:hidden;\
        margin:1rem 0 1.5rem}
        .facts div{padding:.75rem 1rem;box-shadow:1px 1px 0 var(--line)}
        .facts dt{color:var(--soft);font-size:.8125rem}
        .facts div{min-width:0;overflow-wrap:anywhere}
        .facts dd{margin:.1rem 0 0;font-size:1.25rem;font-weight:600}
        .facts dd small{display:block;font-size:.8125rem;font-weight:400;color:var(--soft)}
        form.choose{display:flex;flex-wrap:wrap;gap:.75rem 1rem;align-items:end;margin:1rem 0 1.5rem;\
        padding:.9rem 1rem;background:var(--surface);border:1px solid var(--line);border-radius:10px}
        .choose>div{min-width:0;max-width:100%}
        .choose label{display:block;font-size:.8125rem;color:var(--soft);margin-bottom:.15rem}
        .choose select,.choose input,button{font:inherit;color:inherit;background:var(--page);\
        border:1px solid var(--soft);border-radius:6px;padding:.3rem .5rem;min-height:2.25rem;\
        max-width:100%}
        button{cursor:pointer;padding:.3rem 1rem;background:var(--link);color:var(--page);\
        border-color:var(--link);font-weight:600}
        button.quiet{background:none;color:var(--link);border-color:var(--line);font-weight:500;\
        min-height:2rem;padding:.15rem .75rem}
        .logout{display:flex;align-items:center;gap:.75rem}
        .login{max-width:26rem;margin:1rem 0}
        .login label{display:block;font-weight:600;margin-bottom:.25rem}
        .login input{width:100%;font:inherit;color:inherit;background:var(--surface);\
        border:1px solid var(--soft);border-radius:6px;padding:.45rem .6rem;min-height:2.5rem}
        .fault{background:var(--bad-bg);border-left:4px solid var(--bad);border-radius:0 8px 8px 0;\
        padding:.6rem 1rem}
        .id{overflow-wrap:anywhere}
        .empty{background:var(--surface);border:1px dashed var(--soft);border-radius:10px;\
        padding:1.25rem 1.5rem;margin:1rem 0}
        .empty h2,.empty h3{margin-top:0}
        .task td,.task th{padding-top:.75rem;padding-bottom:.75rem;vertical-align:middle}
        .task .name{font-weight:600;font-size:1.0625rem}
        .task svg{display:block}
        dl.terms{display:grid;grid-template-columns:minmax(8rem,max-content) 1fr;gap:.35rem 1.25rem;\
        max-width:52rem}
        .terms dt{color:var(--soft)}
        .terms dd{margin:0}
        @media (max-width:34rem){dl.terms{grid-template-columns:1fr;gap:0}.terms dd{margin:0 0 .6rem}\
        h1{font-size:1.4rem}.bar,.tabs ul,main,.foot{padding-left:1rem;padding-right:1rem}}

        """

    private static let figure = """
        figure{margin:1.25rem 0 2rem;padding:1.1rem 1.25rem 1rem;background:var(--surface);\
        border:1px solid var(--line);border-radius:10px}
        figure h2,figure h3{margin:0 0 .5rem;font-size:1rem;overflow-wrap:anywhere}
        svg.wide,svg.narrow{display:block;width:100%;height:auto}
        svg.wide{min-width:43rem;max-width:58rem}
        svg.small{min-width:32rem;max-width:34rem}
        svg.narrow{min-width:19.5rem;max-width:28rem}
        .keys{display:flex;flex-wrap:wrap;gap:.1rem 1rem;list-style:none;margin:0 0 .5rem;padding:0;\
        font-size:.875rem}
        .keys li{display:flex;align-items:center;gap:.4rem;min-width:0}
        .keys bdi{overflow-wrap:anywhere}
        .key{flex:none}
        svg.narrow,.keys.narrow{display:none}
        figcaption{color:var(--soft);font-size:.875rem;margin-top:.75rem;max-width:50rem}
        @media (min-width:64rem){figure.side{display:grid;grid-template-columns:34rem 1fr;\
        grid-template-rows:auto auto auto 1fr;column-gap:2.25rem}figure.side h2{grid-column:1/-1}\
        figure.side>div{grid-row:2/span 3}figure.side figcaption{margin-top:2rem}}
        figcaption strong{color:var(--ink);font-weight:600}
        .files{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;font-size:.875rem;margin:.5rem 0 0}
        details{font-size:.875rem;margin-top:.5rem}
        summary{cursor:pointer;color:var(--link);width:max-content;max-width:100%}
        details .scroll{max-height:24rem;overflow:auto;margin-top:.5rem}
        ol.marks{margin:.75rem 0 0;padding-left:1.4rem;font-size:.875rem;color:var(--soft)}

        """

    /// Where a wide drawing would shrink until nobody can read it.
    private static let narrow = """
        @media (max-width:50rem){figure{padding-left:1rem;padding-right:1rem}}
        @media (max-width:47.5rem){svg.wide,.roomy{display:none}svg.narrow{display:block}\
        .keys.narrow{display:flex}}
        @media (max-width:40rem){figure{padding:.9rem .75rem .8rem}\
        td.soft{min-width:9rem}td.n .in{display:block}\
        td.gain{white-space:normal;min-width:9.5rem}\
        th,td{padding-right:.6rem}main table{font-size:.875rem}\
        .task thead{display:none}.task,.task tbody,.task th{display:block}\
        .task tr{display:grid;grid-template-columns:1fr 1fr;gap:.6rem 1rem;align-items:end;\
        padding:1rem 0;border-bottom:1px solid var(--line)}\
        .task th,.task td{padding:0;border:0;text-align:left;white-space:normal;min-width:0;\
        overflow-wrap:anywhere}.task td{display:block}.task tr:last-child{border:0}\
        .task td.n .in{display:inline}\
        .task [data-name]::before{content:attr(data-name);display:block;color:var(--soft);\
        font-size:.8125rem}}

        """

    /// What is in drawings.
    private static let chart = """
        text{font-size:12px;fill:var(--soft)}
        .ink{fill:var(--ink)}
        .strong{font-weight:600}
        .e{text-anchor:end}
        .m{text-anchor:middle}
        .over{paint-order:stroke;stroke:var(--surface);stroke-width:3px;stroke-linejoin:round}
        .grid{stroke:var(--grid);stroke-width:1}
        .axis{stroke:var(--soft);stroke-width:1}
        .zero{stroke:var(--ink);stroke-width:1.25}
        .level{stroke:var(--soft);stroke-width:1.25;stroke-dasharray:5 4;fill:none}
        .mark-line{stroke:var(--soft);stroke-width:1;stroke-dasharray:2 3}
        .flag{fill:var(--ink)}
        .flag-text{fill:var(--page);font-weight:700;text-anchor:middle}
        .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
        .sa{stroke:var(--a)}.sb{stroke:var(--b)}.sc{stroke:var(--c)}.sd{stroke:var(--d)}
        .fa{fill:var(--a)}.fb{fill:var(--b)}.fc{fill:var(--c)}.fd{fill:var(--d)}
        .sb.line{stroke-dasharray:7 4}.sc.line{stroke-dasharray:2 4}.sd.line{stroke-dasharray:9 3 2 3}
        .area{stroke:none;opacity:.14}
        .thin{stroke-width:1.4}
        .dots{stroke:var(--a);stroke-width:3.2;stroke-linecap:round;opacity:.32;fill:none}
        .whisker{stroke-width:1.5;opacity:.75}
        .hollow{fill:var(--surface);stroke-width:2}
        .bars{fill:var(--bar)}
        .room{fill:var(--shade)}
        .hatch{stroke:var(--hatch);stroke-width:1;fill:none}
        .band{fill:var(--bar);opacity:.5}
        svg a:focus{outline:none}
        svg a:focus .halo,svg a:hover .halo{stroke:var(--link);stroke-width:2.5}
        .halo{fill:transparent;stroke:none}

        """

    private static let print = """
        @media print{:root{--page:#fff;--surface:#fff}.skip,.tabs,.choose,.files,.end,.foot,\
        details{display:none}figure,.verdict{break-inside:avoid}a{color:inherit;text-decoration:none}\
        main{padding-top:.5rem}.scroll{overflow:visible}}

        """
}
