// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/options.h"

#include "core/query/filter.h"
#include "core/stream/far_command.h"
#include "core/text/foreign_text.h"
#include "ui/look/filter_texts.h"
#include "ui/look/text.h"
#include "ui/look/translated.h"
#include "ui/window/pages.h"
#include "ui/window/preferences.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QSettings>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace halfopen {

namespace {

struct OptionText {
    Q_DECLARE_TR_FUNCTIONS(Options)
};

QCommandLineOption hidden(const QString& name, const QString& value = {}) {
    QCommandLineOption option(name, QString(), value);
    option.setFlags(QCommandLineOption::HiddenFromHelp);
    return option;
}

[[noreturn]] void refuse(const QString& sentence) {
    std::fprintf(stderr, "halfopen: %s\n", harmless(sentence.toStdString()).c_str());
    std::exit(2);
}

QSize sizeFrom(const QString& text) {
    const auto parts = text.split(QLatin1Char('x'));
    return parts.size() == 2 ? QSize(parts[0].toInt(), parts[1].toInt()) : QSize();
}

QString pageNames() {
    QStringList names;
    for (const char* name : kPageNames)
        names.append(QLatin1String(name));
    return names.join(QStringLiteral(", "));
}

/// A host that has to be looked up is: the window does it.
QString filterFrom(const QString& text) {
    const Filter filter(text.toStdString(), screenNames());
    const FilterError* error = filter.error();
    if (error && error->problem != FilterProblem::UnknownHost)
        refuse(OptionText::tr("--filter: %1").arg(filterErrorText(*error, text)));
    return text;
}

GroupBy groupByFrom(const QString& word) {
    const auto by = groupByOf(word.toStdString());
    if (!by)
        refuse(OptionText::tr("--group-by takes none, %1.").arg(fromCore(groupByWords())));
    return *by;
}

/// Whoever names another machine can name a namespace over there, by a word that a shell takes as it is.
QString hostFrom(const QCommandLineParser& parser, const Options& options) {
    const QString host = parser.value(QStringLiteral("host"));
    if (const auto checked = stream::checkHost(host.toStdString()); !checked)
        refuse(translated(checked.error().sentence));
    if (parser.isSet(QStringLiteral("lab")) || !options.replay.isEmpty())
        refuse(OptionText::tr("--host shows another machine: neither --lab nor --replay goes with it."));
    if (!options.netns.isEmpty() &&
        (!stream::isPlainWord(options.netns.toStdString()) || options.netns == QLatin1String("all")))
        refuse(translated(stream::cannotBeAsked(options.netns.toStdString())));
    return host;
}

int pageFrom(const QString& name) {
    const auto found = std::ranges::find(kPageNames, name.toStdString());
    if (found == kPageNames.end())
        refuse(OptionText::tr("--page takes %1.").arg(pageNames()));
    return static_cast<int>(found - kPageNames.begin());
}

void addOptions(QCommandLineParser& parser) {
    parser.setApplicationDescription(
        OptionText::tr("Shows which TCP connections are really alive, and when the kernel will give each of them up."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
        {QStringLiteral("lab"), OptionText::tr("Show a network of its own with a connection in every state.")},
        {QStringLiteral("netns"), OptionText::tr("Begin with another network namespace in view, or with all of them."),
         OptionText::tr("NAME|all")},
        {QStringLiteral("host"), OptionText::tr("Show another machine, by ssh: its name, or user@name."),
         QStringLiteral("HOST")},
        {QStringLiteral("replay"), OptionText::tr("Show a recording, as `halfopenctl record` or `ss -D` writes it."),
         QStringLiteral("FILE")},
        {QStringLiteral("lang"), OptionText::tr("Language of the window, e.g. zh_CN."), QStringLiteral("LANG")},
        {QStringLiteral("theme"), OptionText::tr("light, dark, high-contrast or system."), QStringLiteral("THEME")},
        {QStringLiteral("filter"), OptionText::tr("Show what this filter lets through; see FILTERS in halfopenctl(1)."),
         QStringLiteral("TEXT")},
        {QStringLiteral("group-by"), OptionText::tr("Group the connections, by program for example; none: do not."),
         QStringLiteral("KEY")},
        {QStringLiteral("page"), OptionText::tr("Begin with this page: %1.").arg(pageNames()), QStringLiteral("NAME")},
        {QStringLiteral("new-window"), OptionText::tr("Open another window where there is one already.")},
        hidden(QStringLiteral("until-first-row")),
        hidden(QStringLiteral("screenshot"), QStringLiteral("FILE")),
        hidden(QStringLiteral("after"), QStringLiteral("MS")),
        hidden(QStringLiteral("select"), QStringLiteral("WHAT")),
        hidden(QStringLiteral("details"), QStringLiteral("N")),
        hidden(QStringLiteral("size"), QStringLiteral("WxH")),
    });
}

} // namespace

QString wantedLanguage() {
    QCommandLineParser parser;
    addOptions(parser);
    parser.parse(QCoreApplication::arguments());
    const QString asked = parser.value(QStringLiteral("lang"));
    return asked.isEmpty() ? chosenLanguage(QSettings()) : asked;
}

Options readOptions() {
    QCommandLineParser parser;
    addOptions(parser);
    parser.process(QCoreApplication::arguments());
    if (!parser.positionalArguments().isEmpty())
        refuse(OptionText::tr("\"%1\" is not understood; see --help.").arg(parser.positionalArguments().constFirst()));
    Options options;
    options.plain = QCoreApplication::arguments().size() == 1;
    options.netns = parser.value(QStringLiteral("netns"));
    options.replay = parser.value(QStringLiteral("replay"));
    if (parser.isSet(QStringLiteral("host")))
        options.host = hostFrom(parser, options);
    options.untilFirstRow = parser.isSet(QStringLiteral("until-first-row"));
    options.screenshot = parser.value(QStringLiteral("screenshot"));
    options.select = parser.value(QStringLiteral("select"));
    options.details = parser.value(QStringLiteral("details")).toInt();
    options.filter = filterFrom(parser.value(QStringLiteral("filter")));
    if (parser.isSet(QStringLiteral("group-by")))
        options.groupBy = groupByFrom(parser.value(QStringLiteral("group-by")));
    if (parser.isSet(QStringLiteral("page")))
        options.page = pageFrom(parser.value(QStringLiteral("page")));
    options.size = sizeFrom(parser.value(QStringLiteral("size")));
    if (parser.isSet(QStringLiteral("after")))
        options.after = std::chrono::milliseconds(std::max(0, parser.value(QStringLiteral("after")).toInt()));
    if (parser.isSet(QStringLiteral("theme"))) {
        options.theme = parseAppearance(parser.value(QStringLiteral("theme")));
        if (!options.theme)
            refuse(OptionText::tr("--theme takes light, dark, high-contrast or system."));
    }
    return options;
}

bool wantsLaboratory(int argc, const char* const* argv) {
    return std::any_of(argv + 1, argv + argc, [](std::string_view word) { return word == "--lab" || word == "-lab"; });
}

bool hasDisplay(int argc, const char* const* argv) {
    const auto isNamed = [](const char* variable) { return !qEnvironmentVariableIsEmpty(variable); };
    const auto chooses = [](std::string_view word) {
        return word.starts_with("-platform") || word.starts_with("--platform") || word.starts_with("-display") ||
               word.starts_with("--display");
    };
    return isNamed("DISPLAY") || isNamed("WAYLAND_DISPLAY") || isNamed("QT_QPA_PLATFORM") ||
           std::any_of(argv + 1, argv + argc, chooses);
}

QString noDisplaySentence() {
    return OptionText::tr("There is no display here: neither DISPLAY nor WAYLAND_DISPLAY is set. In a terminal "
                          "`halfopenctl watch` shows the connections live.");
}

} // namespace halfopen
