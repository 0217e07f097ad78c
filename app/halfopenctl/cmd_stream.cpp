// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/commands.h"
#include "app/halfopenctl/language.h"
#include "app/halfopenctl/source_options.h"
#include "app/halfopenctl/stream_talk.h"
#include "app/halfopenctl/stream_words.h"
#include "app/halfopenctl/terminal.h"
#include "core/stream/stream_sender.h"

#include <cstdlib>
#include <memory>

namespace halfopen::ctl {

namespace {

struct StreamOptions : SourceOptions {
    std::string nonce;
    std::string interval = "1s";
    bool zstd = false;
    bool owners = false;
    bool once = false;
};

/// What is asked for by sshd's word, where the command was chosen by this machine and not by who has logged in.
Result<StreamWords> wordsOf(const StreamOptions& options) {
    if (const char* forced = std::getenv("SSH_ORIGINAL_COMMAND"); forced && options.nonce.empty())
        return parseForcedCommand(forced);
    const auto interval = parseInterval(options.interval);
    if (!interval)
        return tl::unexpected(interval.error());
    if (!stream::isNonce(options.nonce))
        return failure(ErrorCode::Usage,
                       Sentence::tr("--nonce takes 1 to 64 hexadecimal digits, which the first line repeats."));
    return StreamWords{options.nonce, *interval, options.zstd, options.owners, options.once, options.netns};
}

/// Whoever asks is told why in words that it can translate.
int refuse(const StreamWords& words, const Error& why) {
    const auto bytes = stream::StreamSender::refusal(words.nonce, why);
    StandardOutput out;
    out.write({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    return fail(why, false);
}

int talk(StreamOptions options) {
    const auto words = wordsOf(options);
    if (!words)
        return fail(words.error(), false);
    options.netns = words->netns;
    if (auto entered = options.enterNetns(); !entered)
        return refuse(*words, entered.error());
    const auto sender = stream::StreamSender::open(
        {.nonce = words->nonce, .owners = words->owners, .zstd = words->zstd, .calibrate = !words->once});
    if (!sender)
        return refuse(*words, sender.error());
    return StreamTalk(**sender, words->interval).run();
}

} // namespace

void addStream(CLI::App& app, Run& run) {
    auto options = std::make_shared<StreamOptions>();
    CLI::App* command = app.add_subcommand(
        "stream", say(Sentence::tr("Tell another machine's halfopenctl --host of the connections here")));
    command->add_option("--nonce", options->nonce, say(Sentence::tr("Hexadecimal digits that the first line repeats")))
        ->type_name("HEX");
    command->add_option("--interval", options->interval, say(Sentence::tr("Between samples, 250ms to 10s")))
        ->type_name("TIME");
    command->add_flag("--zstd", options->zstd, say(Sentence::tr("Compress, where this program can")));
    command->add_flag("--owners", options->owners,
                      say(Sentence::tr("Tell which processes hold the sockets, and their options")));
    command->add_flag("--once", options->once,
                      say(Sentence::tr("Open no connection of its own to measure the kernel's tick")));
    options->addNetns(*command, false);
    command->callback([options, &run] { run = [options] { return talk(*options); }; });
}

} // namespace halfopen::ctl
