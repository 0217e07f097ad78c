// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/help.h"

#include "app/halfopenctl/language.h"
#include "core/text/foreign_text.h"

#include <memory>
#include <utility>

namespace halfopen::ctl {

namespace {

std::string word(std::string_view marked) {
    return std::string(language().word(marked));
}

/// A colon and its space behind a word that is not of ASCII are one wide colon, which is as wide as both.
std::string withWideColons(std::string_view text) {
    std::string wide;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool behind = text[at] == ':' && at > 0 && static_cast<unsigned char>(text[at - 1]) >= 0x80;
        const char next = at + 1 < text.size() ? text[at + 1] : '\n';
        if (!behind || (next != ' ' && next != '\n')) {
            wide += text[at];
            continue;
        }
        wide += "\uff1a";
        at += next == ' ';
    }
    return wide;
}

/// CLI11's own, which aligns by bytes.
class Formatter : public CLI::Formatter {
public:
    Formatter() {
        label("Usage", word(Sentence::mark("Usage")));
        label("Positionals", word(Sentence::mark("Positionals")));
        label("OPTIONS", word(Sentence::mark("OPTIONS")));
        label("SUBCOMMAND", word(Sentence::mark("SUBCOMMAND")));
        label("REQUIRED", word(Sentence::mark("REQUIRED")));
        label("Needs", word(Sentence::mark("Needs")));
        label("Excludes", word(Sentence::mark("Excludes")));
    }

    std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override {
        return withWideColons(CLI::Formatter::make_help(app, std::move(name), mode));
    }
    std::string make_group(std::string group, bool isPositional,
                           std::vector<const CLI::Option*> options) const override {
        return CLI::Formatter::make_group(word(group), isPositional, std::move(options));
    }
    std::string make_option(const CLI::Option* option, bool isPositional) const override {
        return line(make_option_name(option, isPositional) + make_option_opts(option), make_option_desc(option));
    }
    std::string make_subcommand(const CLI::App* command) const override {
        return line(command->get_display_name(true), command->get_description());
    }
    std::string make_subcommands(const CLI::App* app, CLI::AppFormatMode mode) const override {
        const std::string text = CLI::Formatter::make_subcommands(app, mode);
        const std::string title = "\nSubcommands:\n";
        return text.starts_with(title) ? '\n' + word(Sentence::mark("Subcommands")) + ":\n" + text.substr(title.size())
                                       : text;
    }

private:
    std::string line(const std::string& names, const std::string& description) const {
        std::string text = "  " + names;
        const std::size_t width = displayWidth(text);
        if (!description.empty() && width >= get_column_width())
            text += '\n' + std::string(get_column_width(), ' ');
        else if (!description.empty())
            text += std::string(get_column_width() - width, ' ');
        for (const char c : description) {
            text += c;
            if (c == '\n')
                text += std::string(get_column_width(), ' ');
        }
        return text + '\n';
    }
};

} // namespace

void translateHelp(CLI::App& app) {
    Sentence::mark("Options"); // CLI11's name for what is in no other group
    app.formatter(std::make_shared<Formatter>());
    app.set_help_flag("-h,--help", say(Sentence::tr("Print this help message and exit")));
}

} // namespace halfopen::ctl
