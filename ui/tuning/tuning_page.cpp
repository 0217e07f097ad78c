// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/tuning_page.h"

#include "core/model/boot_configuration.h"
#include "core/model/settings.h"
#include "core/tuning/steps.h"
#include "ui/actions/action_strings.h"
#include "ui/look/netns_strings.h"
#include "ui/look/sentence.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/parts/answer_bar.h"
#include "ui/tuning/apply_bar.h"
#include "ui/tuning/drift_panel.h"
#include "ui/tuning/effect_panel.h"
#include "ui/tuning/export_menu.h"
#include "ui/tuning/guard_panel.h"
#include "ui/tuning/preset_list.h"
#include "ui/tuning/track_view.h"
#include "ui/tuning/tuning_strings.h"
#include "ui/tuning/value_editor.h"

#include <QCheckBox>
#include <QEvent>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace halfopen {

namespace {

/// As many as the filter field can hold; whoever waits for longer comes first.
constexpr std::size_t kListed = 1500;
constexpr int kNarrow = 1000; ///< pixels

bool hasDropIn(const BootConfiguration& boot) {
    return std::ranges::any_of(boot.assignments, [](const auto& line) { return line.file == kDropInPath; });
}

} // namespace

TuningPage::TuningPage(TuningBackend& backend, SocketOperations& sockets, std::chrono::milliseconds trial,
                       GuardOperations* guards)
    : m_backend(backend)
    , m_flow(backend, trial)
    , m_boxes(shippedMiddleboxes())
    , m_rearm(sockets)
    , m_answer(new AnswerBar)
    , m_track(new TrackView)
    , m_editor(new ValueEditor)
    , m_lower(new QHBoxLayout)
    , m_sentences(newText())
    , m_warning(newText())
    , m_effect(new EffectPanel)
    , m_presets(new PresetList(m_boxes))
    , m_drift(new DriftPanel)
    , m_guards(new GuardPanel(guards))
    , m_apply(new ApplyBar) {
    setUpLayout();
    m_track->setMiddleboxes(m_boxes);
    connectParts();
    connectFlow();
    connectRearm();
    refresh();
}

QString TuningPage::title() const {
    return tr("Tuning");
}

/// Where there is no room for both side by side the list has all of the width, so that its names can be read.
void TuningPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    m_lower->setDirection(width() < kNarrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void TuningPage::setUpLayout() {
    m_sentences->setObjectName(QStringLiteral("tuningSentences"));
    m_warning->setObjectName(QStringLiteral("tuningWarning"));
    m_lower->setSpacing(24);
    m_lower->addWidget(m_effect, 4);
    m_lower->addWidget(m_presets, 3);
    m_content = new QWidget;
    auto* column = new QVBoxLayout(m_content);
    column->setContentsMargins(16, 12, 16, 8);
    column->setSpacing(10);
    for (QWidget* widget : {static_cast<QWidget*>(m_track), static_cast<QWidget*>(m_editor),
                            static_cast<QWidget*>(m_sentences), static_cast<QWidget*>(m_warning)})
        column->addWidget(widget);
    column->addLayout(m_lower, 1);
    column->addWidget(m_guards);
    column->addWidget(m_drift);
    auto* scroll = new QScrollArea;
    scroll->setFocusPolicy(Qt::NoFocus); // what is in it has the keys
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(m_content);
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(16, 6, 16, 8);
    foot->addWidget(m_apply);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_answer);
    layout->addWidget(scroll, 1);
    layout->addLayout(foot);
}

void TuningPage::connectParts() {
    auto* menu = new ExportMenu([this] { return m_edited; }, this);
    m_apply->setExportMenu(menu);
    connect(menu, &ExportMenu::said, this, [this](const QString& sentence) { m_answer->say(sentence); });
    connect(m_track, &TrackView::valuesChanged, this, &TuningPage::edit);
    connect(m_editor, &ValueEditor::valuesChanged, this, &TuningPage::edit);
    connect(m_presets, &PresetList::proposed, this, [this](const Middlebox& box) { edit(*box.proposed); });
    connect(m_effect, &EffectPanel::listRequested, this, &TuningPage::listWaiting);
    connect(m_drift, &DriftPanel::netnsRequested, this, &TuningPage::netnsRequested);
    connect(m_guards, &GuardPanel::answered, this,
            [this](const QString& sentence, const QString& command) { m_answer->say(sentence, command); });
    connect(m_apply->apply, &QPushButton::clicked, this, &TuningPage::apply);
    connect(m_apply->revert, &QPushButton::clicked, this, [this] { edit(offered(m_inEffect.value_or(m_edited))); });
    connect(m_apply->persistBox, &QCheckBox::toggled, this, &TuningPage::refreshChoices);
    connect(m_apply->forget, &QPushButton::clicked, this, [this] {
        if (m_frame) {
            m_applying = m_frame->namespaces[m_frame->inViewIndex];
            m_flow.forget(m_applying->netns);
        }
    });
    connect(m_apply->keep, &QPushButton::clicked, &m_flow, &ApplyFlow::keep);
    connect(m_apply->takeBack, &QPushButton::clicked, &m_flow, &ApplyFlow::takeBack);
    connect(m_apply->cancel, &QPushButton::clicked, &m_flow, &ApplyFlow::cancel);
}

void TuningPage::connectRearm() {
    connect(&m_rearm, &Rearm::readingsArrived, this, &TuningPage::readingsArrived);
    connect(&m_rearm, &Rearm::answered, this,
            [this](const QString& sentence, const QString& command) { m_answer->say(sentence, command); });
    connect(m_effect, &EffectPanel::rearmRequested, this, [this] {
        if (m_progress && m_inEffect)
            m_rearm.ask(changeable(targetsIn(m_frame, m_progress->waiting())), m_inEffect->time, window());
    });
}

/// The files of this machine say nothing of another one.
const TuningPlace* TuningPage::placeInView() const {
    return m_frame && !m_frame->isHere() ? nullptr : &m_place;
}

void TuningPage::lookAtFiles() {
    m_backend.look([self = QPointer(this)](TuningPlace place) {
        if (!self)
            return;
        self->m_place = std::move(place);
        self->refresh();
    });
}

bool TuningPage::isEditable() const {
    return m_inEffect && m_frame && m_frame->isHere() && m_frame->inView().tier != NetnsTier::Public &&
           m_flow.step() == ApplyFlow::Step::Ready;
}

/// @param changed  they are not those of another source
void TuningPage::learnInEffect(const KeepaliveDefaults& values, bool changed) {
    const bool byOthers = changed && m_frame->isHere() && !m_flow.isWaiting();
    if (byOthers && m_inEffect && *m_inEffect != values)
        Q_EMIT settingsChanged(
            {SettingsNews::What::ByOthers, *m_inEffect, values, m_frame->namespaces[m_frame->inViewIndex]});
    const bool untouched = !m_inEffect || m_edited == offered(*m_inEffect);
    m_inEffect = values;
    if (untouched)
        m_edited = offered(values);
    refresh();
}

void TuningPage::showFrame(const FramePtr& frame) {
    const bool otherMachine = m_frame && m_frame->inView().host->host != frame->inView().host->host;
    const bool other = !m_frame || m_frame->live != frame->live || otherMachine;
    if (otherMachine || (m_frame && m_frame->inView().number != frame->inView().number))
        leaveNetns();
    m_frame = frame;
    m_content->setVisible(!frame->isUnmet());
    m_drift->showFrame(frame);
    m_guards->setHere(frame->isHere());
    if (frame->error && frame->rows.empty())
        return refreshChoices();
    const MonotonicTime changed = frame->inView().host->fromHere(m_changed);
    if (m_progress && frame->isHere() && frame->started > changed)
        m_progress->look(*frame);
    const auto shown = keepaliveOf(frame->inView().sysctls);
    if ((!m_inEffect || *m_inEffect != shown || other) && frame->started >= changed)
        learnInEffect(shown, !other);
    else
        refreshEffect();
}

/// What was edited, and what became of it, was another namespace's.
void TuningPage::leaveNetns() {
    m_inEffect.reset();
    m_progress.reset();
    m_changed = {};
    m_answer->clear();
}

void TuningPage::edit(const KeepaliveDefaults& values) {
    m_edited = values;
    refresh();
}

void TuningPage::refresh() {
    m_track->setValues(m_edited);
    m_track->setGhost(m_inEffect);
    m_editor->setValues(m_edited);
    m_editor->showInEffect(m_inEffect.value_or(KeepaliveDefaults{}), placeInView());
    m_presets->showSurvival(m_edited);
    refreshEffect();
    refreshChoices();
}

void TuningPage::refreshEffect() {
    if (!isVisible())
        return; // counted when it is shown
    if (!m_frame || !m_inEffect)
        return m_effect->showNothing(tr("The connections are being asked for."));
    m_effect->offerRearm(Rearm::whyNot(m_inEffect->time));
    const ChangeProgress* waiting = m_progress ? &*m_progress : nullptr;
    const auto effect = countEffect(*m_frame, *m_inEffect, m_edited, waiting);
    m_track->setCrowd(effect);
    QStringList sentences{inOneLine(firstProbeSentence(m_edited), noticedSentence(m_edited)),
                          survivalCounts(m_edited, m_boxes)};
    for (const Middlebox& box : boxesOfThisMachine(*m_frame))
        sentences.append(survivalSentence(box, m_edited));
    sentences.append(costSentence(effect));
    m_sentences->setText(sentences.join(QLatin1Char('\n')));
    if (waiting && m_edited == *m_inEffect)
        m_effect->showProgress(*waiting, m_frame->taken);
    else
        m_effect->showEffect(effect, m_edited != *m_inEffect);
}

void TuningPage::refreshChoices() {
    const bool editable = isEditable();
    m_track->setEditable(editable);
    m_editor->setEditable(editable);
    m_presets->setEditable(editable);
    ApplyBar::Choices choices;
    choices.canApply = editable && (m_edited != *m_inEffect || m_apply->persist());
    choices.canRevert = editable && m_edited != offered(*m_inEffect);
    const bool elsewhere = m_frame && m_frame->inView().number != 0;
    const TuningPlace* place = placeInView();
    choices.hasDropIn = place && hasDropIn(place->boot) && !place->laboratory && !elsewhere;
    if (m_place.laboratory)
        choices.whyNoPersist = tr("The laboratory ends with the window: nothing in it can be kept.");
    if (elsewhere) {
        choices.whyNoPersist = whyNotKept(m_frame->inView());
        choices.whyNoTrial = tr("Values are tried out in this program's own namespace only.");
    }
    if (m_inEffect && isUnusual(*m_inEffect))
        choices.whyNoTrial = tr("What is in effect is unusual, and Halfopen would not write it back.");
    QStringList warnings;
    if (m_frame && !m_frame->isHere()) {
        warnings.append(whyNotChanged(*m_frame));
        choices.whyNoPersist = choices.whyNoTrial = warnings.constFirst();
    }
    m_apply->showChoices(choices);
    if (elsewhere)
        warnings.append(netnsSentence(m_frame->inView()));
    if (m_frame && m_frame->inView().tier != NetnsTier::Public)
        if (const auto unread = unreadNames(m_frame->inView().sysctls); !unread.empty())
            warnings.append(
                tr("Could not be read, so the kernel's default is assumed: %1.").arg(QString::fromStdString(unread)));
    if (m_apply->persist() || choices.hasDropIn)
        warnings.append(overrideSentences(m_place.boot));
    auto colors = palette();
    colors.setColor(QPalette::WindowText, themeOf(colors).of(Diagnosis::Unguarded));
    m_warning->setPalette(colors);
    m_warning->setText(warnings.join(QLatin1Char('\n')));
    m_warning->setVisible(!warnings.isEmpty());
}

void TuningPage::listWaiting() {
    if (!m_progress)
        return;
    const auto keys = m_progress->waiting();
    QStringList words;
    for (std::size_t i = 0; i < std::min(keys.size(), kListed); ++i)
        words.append(QString::number(keys[i].cookie, 16));
    if (keys.size() > kListed)
        m_answer->say(tr("The table lists the %1 that wait for the longest time.").arg(kListed));
    Q_EMIT connectionsRequested(QStringLiteral("sk:") + words.join(QLatin1Char(',')), tr("waiting for the new values"));
}

QString TuningPage::triple(const KeepaliveDefaults& values) const {
    return QStringLiteral("%1 / %2 / %3").arg(values.time).arg(values.interval).arg(values.probes);
}

void TuningPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    lookAtFiles();
    m_guards->look();
    refreshEffect();
}

void TuningPage::changeEvent(QEvent* event) {
    Page::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refresh();
}

} // namespace halfopen
