// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/history/history_page.h"

#include "ui/history/history_menu.h"
#include "ui/history/history_model.h"
#include "ui/history/history_view.h"
#include "ui/history/record_head.h"
#include "ui/look/ending_strings.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/parts/chip_row.h"
#include "ui/parts/field_keys.h"
#include "ui/parts/field_message.h"
#include "ui/parts/message_page.h"
#include "ui/parts/notice_bar.h"
#include "ui/record/record_view.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSettings>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <numeric>

namespace halfopen {

using namespace std::chrono_literals;

namespace {

constexpr int kSpacing = 12;
constexpr std::array kKinds{EndingKind::TimedOut,   EndingKind::Reset,   EndingKind::Refused,
                            EndingKind::ByHalfopen, EndingKind::InOrder, EndingKind::Unknown};
static_assert(kKinds.size() == kEndingKindCount);

QString settingSplit() {
    return QStringLiteral("history/split");
}

QString settingKinds() {
    return QStringLiteral("history/kinds");
}

std::vector<ChipRow::Chip> kindChips() {
    std::vector<ChipRow::Chip> chips;
    for (const EndingKind kind : kKinds)
        chips.push_back({static_cast<unsigned>(kind), QStringLiteral("ending_%1").arg(fromCore(toString(kind)))});
    return chips;
}

QToolButton* newSwitch(const QString& hint) {
    auto* button = new QToolButton;
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setMinimumHeight(kTarget);
    button->setToolTip(hint);
    button->hide();
    return button;
}

} // namespace

HistoryPage::HistoryPage(HistoryPtr history, std::function<void(std::chrono::hours)> keepFor)
    : m_history(std::move(history))
    , m_model(new HistoryModel(this))
    , m_view(new HistoryView(*m_model))
    , m_filter(new QLineEdit)
    , m_onlyDead(
          newSwitch(tr("Connections that the kernel has ended while their programs still hold them and may not know")))
    , m_onlyTimeWait(
          newSwitch(tr("Of these nothing was seen but their TIME-WAIT: they were closed in order, by whom is "
                       "not known")))
    , m_above(new QToolButton)
    , m_top(new QHBoxLayout)
    , m_kinds(new ChipRow(QStringLiteral("endingAll"), kindChips()))
    , m_menu(new HistoryMenu(std::move(keepFor), this))
    , m_paused(new NoticeBar)
    , m_count(new QLabel)
    , m_archive(new NoticeBar)
    , m_lostBar(new NoticeBar)
    , m_wrong(new FieldMessage(*m_filter, *m_filter))
    , m_message(new MessagePage)
    , m_showAll(new QAction(tr("Show All"), this))
    , m_head(new RecordHead)
    , m_record(new RecordView) {
    setUpTop();
    setUpLayout();
    connectParts();
    connectMenu();
    showCounts();
    showDetails();
}

void HistoryPage::setUpTop() {
    m_filter->setObjectName(QStringLiteral("endedFilter"));
    m_count->setObjectName(QStringLiteral("endedCount"));
    m_onlyDead->setObjectName(QStringLiteral("onlyDead"));
    m_onlyTimeWait->setObjectName(QStringLiteral("onlyTimeWait"));
    m_filter->setPlaceholderText(tr("Filter by address, port, process, user, state or ending (Ctrl+F)"));
    m_filter->setAccessibleName(tr("Filter of ended connections"));
    m_filter->setClearButtonEnabled(true);
    setUpFieldKeys(*m_filter, [this] { takeFocus(); });
    m_above->setAutoRaise(true);
    m_above->setFocusPolicy(Qt::TabFocus);
    m_above->setMinimumHeight(kTarget);
    m_above->hide();
    m_top->setContentsMargins(8, 6, 8, 6);
    m_top->setSpacing(kSpacing);
    m_top->addWidget(m_filter, 1);
    m_top->addWidget(m_above);
    m_top->addWidget(m_count);
    m_kinds->addWidget(m_onlyDead);
    m_kinds->addWidget(m_onlyTimeWait);
    m_kinds->setContentsMargins(8, 0, 8, 6);
}

void HistoryPage::setUpLayout() {
    auto* table = newTable();
    m_splitter = new DetailsSplitter(table, newRecord());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(m_top);
    layout->addWidget(m_kinds);
    layout->addWidget(m_splitter, 1);
    m_lostBar->setObjectName(QStringLiteral("eventsLost"));
    m_paused->setObjectName(QStringLiteral("paused"));
    m_archive->setAction(tr("Got It"));
    m_paused->setAction(tr("Resume"));
}

void HistoryPage::connectParts() {
    connect(m_archive, &NoticeBar::triggered, this, [this] { m_archive->say({}); });
    connect(m_paused, &NoticeBar::triggered, this, &HistoryPage::resumeRequested);
    m_typing.setSingleShot(true);
    m_typing.setInterval(150ms);
    connect(m_filter, &QLineEdit::textChanged, this, [this] { m_typing.start(); });
    connect(&m_typing, &QTimer::timeout, this, [this] { readFilter(); });
    connect(m_kinds, &ChipRow::changed, this, [this] {
        m_model->setKinds(m_kinds->chosen());
        showCounts();
    });
    connect(m_onlyDead, &QToolButton::toggled, this, [this](bool only) {
        m_model->setOnlyDead(only);
        showCounts();
    });
    connect(m_onlyTimeWait, &QToolButton::toggled, this, [this](bool shown) {
        m_model->setOnlyTimeWaitShown(shown);
        showCounts();
    });
    connect(m_view, &HistoryView::selectedChanged, this, &HistoryPage::showDetails);
    connect(m_view, &HistoryView::newAboveChanged, this, [this] {
        m_above->setText(tr("%n new above", nullptr, m_view->newAbove()));
        m_above->setVisible(m_view->newAbove() > 0);
    });
    connect(m_above, &QToolButton::clicked, m_view, &QTableView::scrollToTop);
}

QWidget* HistoryPage::newRecord() {
    m_details = new QWidget;
    auto* layout = new QVBoxLayout(m_details);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addWidget(m_record, 1);
    return m_details;
}

QString HistoryPage::title() const {
    return tr("History");
}

void HistoryPage::showFrame(const FramePtr& newest) {
    const auto ended = update();
    showDead(newest->dead, newest->taken);
    Q_EMIT updated(newest, ended);
}

void HistoryPage::setHistory(HistoryPtr history, bool kept) {
    m_menu->setKept(kept);
    if (history == m_history)
        return;
    m_history = std::move(history);
    m_model->replace({});
    m_first = m_last = 0;
    update();
}

std::vector<EndedConnectionPtr> HistoryPage::update() {
    const std::uint64_t before = m_last;
    auto news = m_history->after(m_last);
    const bool earlier = news.first != 0 && (m_first == 0 || news.first < m_first);
    if (earlier) {
        news = m_history->after(0);
        m_model->replace(news.records);
    } else {
        m_model->add(news.records);
    }
    m_lost = news.eventsLost;
    m_first = news.first;
    m_last = news.last;
    showCounts();
    // Numbers of this run begin after the limit; see History::restore().
    std::erase_if(news.records, [&](const auto& record) {
        return record->number <= std::max<std::uint64_t>(before, History::kLimit);
    });
    return std::move(news.records);
}

void HistoryPage::showDead(const std::vector<EndedConnectionPtr>& dead, MonotonicTime now) {
    m_now = now;
    if (m_model->setDead(dead)) {
        m_onlyDead->setText(tr("Still held (%1)").arg(dead.size()));
        m_onlyDead->setVisible(!dead.empty());
        if (dead.empty())
            m_onlyDead->setChecked(false);
        showCounts();
    }
    if (isVisible()) // how long it has been dead goes on
        showDetails();
}

void HistoryPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    showDetails();
}

void HistoryPage::listDead() {
    m_filter->clear();
    m_typing.stop();
    readFilter();
    m_kinds->setChosen(0);
    m_onlyDead->setChecked(true);
    showCounts();
}

/// What there is to say comes and goes below the rows: none of them moves under a mouse.
QWidget* HistoryPage::newTable() {
    auto* table = new QWidget;
    auto* layout = new QVBoxLayout(table);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_stack = new QStackedLayout;
    layout->addLayout(m_stack, 1);
    for (QWidget* bar : {m_archive, m_lostBar, m_paused})
        layout->addWidget(bar);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_message);
    m_message->setFocusPolicy(Qt::StrongFocus);
    connect(m_showAll, &QAction::triggered, this, [this] {
        list({});
        showAll();
    });
    return table;
}

void HistoryPage::showMessage() {
    const bool empty = m_model->rowCount() == 0;
    m_stack->setCurrentWidget(empty ? static_cast<QWidget*>(m_message) : m_view);
    if (!empty)
        return;
    if (totalSeen() == 0)
        m_message->say(tr("Nothing has ended yet"),
                       tr("As soon as a connection ends, it stands here with how, and how that is known."));
    else
        m_message->say(tr("Nothing matches"), tr("None of the ended connections matches the filter."), {m_showAll});
}

/// Without those that ended while it is paused: its notice counts them.
std::size_t HistoryPage::totalSeen() const {
    return m_model->total() - m_model->counts().heldBack;
}

void HistoryPage::sayArchive(const QString& sentence) {
    if (sentence == m_archiveSaid)
        return;
    m_archiveSaid = sentence;
    m_archive->say(sentence);
}

EndedConnectionPtr HistoryPage::find(const SocketKey& key) const {
    return m_model->find(key);
}

void HistoryPage::list(const QString& filter) {
    m_filter->setText(filter);
    m_typing.stop();
    readFilter();
    m_kinds->setChosen(0);
    m_onlyDead->setChecked(false);
    showCounts();
}

bool HistoryPage::select(const SocketKey& key) {
    list({});
    const auto record = m_model->find(key);
    if (record && record->isOnlyTimeWait())
        m_onlyTimeWait->setChecked(true);
    return m_view->select(key);
}

void HistoryPage::addTableActions(const QList<QAction*>& actions) {
    m_view->addActions(actions);
}

void HistoryPage::copySelection() {
    m_view->copySelection();
}

void HistoryPage::selectAll() {
    m_view->selectAll();
}

void HistoryPage::readFilter() {
    m_wrong->say(m_model->setFilter(m_filter->text()));
    showCounts();
}

void HistoryPage::focusFilter() {
    m_filter->setFocus();
    m_filter->selectAll();
}

/// Or to the sentences in the table's place.
bool HistoryPage::takeFocus() {
    m_stack->currentWidget()->setFocus();
    return true;
}

void HistoryPage::showDetails() {
    const auto record = m_view->selected();
    m_details->setVisible(record != nullptr);
    m_menu->copyRecord()->setEnabled(record != nullptr);
    m_menu->sameRemote()->setEnabled(record != nullptr && (!record->foundDead || record->remote.port != 0));
    if (!record)
        return;
    m_head->show(*record, record->foundDead ? 0 : m_model->alike(*record));
    std::optional<std::chrono::milliseconds> deadFor;
    if (m_model->isDead(*record)) {
        const auto& since = record->foundDead ? record->lastSeen : record->ended;
        deadFor = std::chrono::floor<std::chrono::milliseconds>(m_now - since.monotonic);
    }
    m_record->show(record, deadFor);
}

void HistoryPage::showCounts() {
    const auto& counts = m_model->counts();
    const auto matching = std::accumulate(counts.kinds.begin(), counts.kinds.end(), std::size_t{0});
    m_kinds->nameAll(tr("all"), matching);
    for (const EndingKind kind : kKinds)
        m_kinds->name(static_cast<unsigned>(kind), endingKindLabel(kind), counts.kinds[static_cast<std::size_t>(kind)]);
    m_onlyTimeWait->setText(
        tr("Only TIME-WAIT seen  %1").arg(locale().toString(static_cast<qulonglong>(counts.onlyTimeWait))));
    m_onlyTimeWait->setVisible(counts.onlyTimeWait > 0 || m_onlyTimeWait->isChecked());
    const auto total = static_cast<int>(totalSeen());
    const int shown = m_model->rowCount();
    m_count->setText(shown == total
                         ? tr("%n ended connection(s)", nullptr, total)
                         : tr("%1 of %n ended connection(s)", nullptr, total).arg(QLocale().toString(shown)));
    showPaused();
    showMessage();
    m_lostBar->say(m_lost == 0 ? QString()
                               : tr("The kernel had to drop events %n time(s): some endings may be missing, and for "
                                    "others less is known.",
                                    nullptr, static_cast<int>(m_lost)));
}

void HistoryPage::growDetails(int steps) {
    m_splitter->growDetails(steps);
}

void HistoryPage::setDetailsSide(DetailsSide side) {
    m_splitter->setSide(side);
}

void HistoryPage::restore(const QSettings& settings) {
    m_kinds->setChosen(settings.value(settingKinds()).toUInt());
    m_splitter->restore(settings, settingSplit());
    m_view->restore(settings);
}

void HistoryPage::save(QSettings& settings) const {
    settings.setValue(settingKinds(), m_kinds->chosen());
    m_splitter->save(settings, settingSplit());
    m_view->save(settings);
}

} // namespace halfopen
